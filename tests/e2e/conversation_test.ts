import { expect } from "expect";
import type { Browser } from "playwright-core";
import { Person, startBrowser } from "../support/browser.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

/** What a page cannot help saying when its server or its network is gone. */
const CUT_OFF = /net::ERR_|WebSocket connection to .* failed/;

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Ann and Ben, each with a browser of their own, in a room of this test's own. */
async function twoIn(path: string): Promise<{ ann: RoomPage; ben: RoomPage; getUp(): Promise<void> }> {
  const enter = async (name: string) => {
    const person = await Person.sitDown(browser, server.origin);
    await person.enter(path, name);
    const room = new RoomPage(person);
    await room.live();
    return room;
  };
  const [ann, ben] = await Promise.all([enter("Ann"), enter("Ben")]);
  return {
    ann,
    ben,
    async getUp() {
      await ann.person.getUp();
      await ben.person.getUp();
    },
  };
}

Deno.test("two isolates answer when the server is started", async () => {
  const isolates = new Set<string>();
  // The kernel gives each new connection to one of them.
  await until("two isolates", async () => {
    const client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
    const init: RequestInit & { client: Deno.HttpClient } = { client };
    const health = await (await fetch(`${server.origin}/health`, init)).json();
    client.close();
    return isolates.add(health.isolate).size === 2;
  });
});

Deno.test("two people see each other, what they type and what they say when they are in a room", async () => {
  const { ann, ben, getUp } = await twoIn("/lounges/general/en");
  for (const room of [ann, ben]) {
    await until("both in the list", async () => (await room.people()).sort().join() === "Ann,Ben");
  }
  await ann.writing.pressSequentially("Hello", { delay: 20 });
  await ben.person.page.getByText("Ann is typing…").waitFor();
  await ann.writing.fill("Hello Ben");
  await ann.writing.press("Enter");
  await ben.sees("Hello Ben");
  await ann.sees("Hello Ben");
  await ben.person.page.getByText("Ann is typing…").waitFor({ state: "detached" });
  await ben.say("Hello Ann");
  await ann.sees("Hello Ann");
  await ben.person.context.close();
  await until("Ann alone", async () => (await ann.people()).join() === "Ann");
  await getUp();
});

Deno.test("both directions are caught up exactly once when somebody was offline", async () => {
  const { ann, ben, getUp } = await twoIn("/lounges/general/es");
  ben.person.expectProblems(CUT_OFF);
  await ann.say("Line 0 before");
  await ben.sees("Line 0 before");
  await ben.person.context.setOffline(true);
  await ben.person.page.getByText("You are offline").waitFor();
  for (let index = 1; index <= 3; index++) await ann.say(`Line ${index} by Ann`);
  await ann.sees("Line 3 by Ann");
  for (let index = 4; index <= 6; index++) await ben.say(`Line ${index} by Ben`);
  await ben.person.page.getByText("3 messages").waitFor();
  expect(await ben.sent("Line")).toEqual(["Line 0 before"]);
  await ben.person.context.setOffline(false);
  const all = ["Line 0 before"];
  for (let index = 1; index <= 6; index++) all.push(`Line ${index} by ${index <= 3 ? "Ann" : "Ben"}`);
  for (const room of [ann, ben]) {
    await until("all lines once", async () => (await room.sent("Line")).join("\n") === all.join("\n"));
  }
  await ben.person.page.getByText("You are offline").waitFor({ state: "detached" });
  await getUp();
});

Deno.test("what waits to be sent goes out once when the page is loaded again", async () => {
  const { ann, ben, getUp } = await twoIn("/lounges/general/fr");
  ben.person.expectProblems(CUT_OFF);
  // Only the chat is cut off, so that the page itself can be loaded again.
  const tickets = "**/api/auth/ws-token";
  await ben.person.page.route(tickets, (route) => route.abort());
  await ben.person.context.setOffline(true);
  await ben.say("Line 1 from the outbox");
  await ben.say("Line 2 from the outbox");
  await ben.person.context.setOffline(false);
  await ben.person.page.reload();
  await until(
    "both lines still there",
    async () => (await ben.words()).filter((text) => text.startsWith("Line")).length === 2,
  );
  expect(await ann.sent("Line")).toEqual([]);
  await ben.person.page.unroute(tickets);
  await ben.person.page.reload();
  for (const room of [ann, ben]) {
    const lines = ["Line 1 from the outbox", "Line 2 from the outbox"];
    await until("both lines once", async () => (await room.sent("Line")).join("\n") === lines.join("\n"));
  }
  await ben.person.page.reload();
  await ben.live();
  expect(await ben.sent("Line")).toHaveLength(2);
  await getUp();
});

Deno.test("nothing is missing and nothing comes twice when the server is killed in mid-conversation", async () => {
  const { ann, ben, getUp } = await twoIn("/lounges/general/de");
  for (const room of [ann, ben]) room.person.expectProblems(CUT_OFF);
  const each = 30;
  const talk = async (room: RoomPage, name: string) => {
    for (let index = 1; index <= each; index++) await room.say(`Line ${index} by ${name}`);
  };
  const talking = Promise.all([talk(ann, "Ann"), talk(ben, "Ben")]);
  await until("some lines", async () => (await ann.sent("Line")).length >= 10);
  const shown = await ann.sent("Line");
  await server.kill9();
  await talking;
  await server.restart();
  for (const room of [ann, ben]) {
    await until("all lines", async () => (await room.sent("Line")).length === 2 * each, 30_000);
  }
  const [byAnn, byBen] = [await ann.sent("Line"), await ben.sent("Line")];
  expect(byAnn).toEqual(byBen);
  expect(new Set(byAnn).size).toBe(2 * each);
  for (const name of ["Ann", "Ben"]) {
    const own = Array.from({ length: each }, (_, index) => `Line ${index + 1} by ${name}`);
    expect(byAnn.filter((text) => text.endsWith(name))).toEqual(own);
  }
  for (const text of shown) expect(byAnn).toContain(text);
  const rows = await server.database.sql<{ seq: string; body: string }[]>`
    select m.seq, m.body from messages m join rooms r on r.id = m.room_id join lounges l on l.id = r.lounge_id
    where l.slug = 'general' and r.language = 'de' and m.body like 'Line %' order by m.seq`;
  expect(rows.map(({ body }) => body)).toEqual(byAnn);
  const seqs = rows.map(({ seq }) => Number(seq));
  expect(seqs).toEqual(Array.from({ length: 2 * each }, (_, index) => seqs[0]! + index));
  await getUp();
});
