/** How a page that is open says that somebody wants me elsewhere. */
import { expect } from "expect";
import type { Browser, BrowserContextOptions } from "playwright-core";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

const PHONE = { width: 390, height: 844 };

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Somebody in a room, and a way to put words into the server's mouth between the two. */
async function inRoom(options: BrowserContextOptions = {}) {
  const person = await Person.sitDown(browser, server.origin, options);
  let say = (_frame: string): void => {};
  let me = "" as UserId;
  let listed = false;
  await person.page.routeWebSocket(/\/ws$/, (socket) => {
    const upstream = socket.connectToServer();
    upstream.onMessage((frame) => {
      for (const event of JSON.parse(String(frame)) as ServerEvent[]) {
        if (event.type === "welcome") me = event.user.id;
        listed ||= event.type === "rooms_watched";
      }
      socket.send(frame);
    });
    say = (frame) => socket.send(frame);
  });
  await person.enter("/lounges/general/it", "Ann");
  await person.page.locator("section[aria-label=People]").getByText("you", { exact: true })
    .waitFor({ state: "attached" });
  // Its own list would take the place of ours.
  await until("the server's own list", () => listed);
  const tell = (...events: ServerEvent[]) => say(JSON.stringify(events));
  return { person, page: person.page, tell, me: () => me };
}

const BEN = { id: "900001" as UserId, name: "بِن" };
const club: MyRoom = {
  id: "900003" as RoomId,
  kind: "slug",
  name: "Book club",
  slug: "book-club",
  dir: "ltr",
  role: "member",
  headSeq: 4,
  readSeq: 4,
  unread: 0,
  mentions: 0,
  online: 1,
};
const direct: MyRoom = { ...club, id: "900002" as RoomId, kind: "direct", name: "", people: [BEN] };
const said = (seq: number) => ({
  seq,
  messages: 1,
  last: { author: BEN, kind: "TEXT" as const, body: "Are you there?", at: new Date().toISOString() },
});

for (const [name, options] of [["a phone", { viewport: PHONE }], ["a desktop", {}]] as const) {
  Deno.test(`somebody who is named in another room reads so on ${name}, in the title and on the icon, until it is read`, async () => {
    const { person, page, tell, me } = await inRoom(options);
    const board = page.getByRole("status", { name: "New elsewhere" });
    const icon = () => page.locator("link[rel=icon]").getAttribute("href");
    tell({ type: "rooms_watched", rooms: [club, direct] });
    tell({ type: "room_activity", roomId: club.id, ...said(5) });
    tell({ type: "room_activity", roomId: club.id, ...said(6), mentioned: [me()] });
    const call = board.getByRole("link");
    await call.waitFor();
    expect([await call.innerText(), await call.getAttribute("href")]).toEqual([
      "Book club\nبِن: Are you there?",
      "/r/book-club",
    ]);
    await until("the title", async () => (await page.title()).startsWith("(1) "));
    expect(await icon()).toBe("/favicon-unread.svg");
    expect([await barriers(page), await overflow(page)]).toEqual([[], 0]);
    tell({ type: "room_activity", roomId: direct.id, ...said(5) });
    await board.locator("a[href^='/dm/']").waitFor();
    await board.getByRole("button", { name: "Dismiss what is new in بِن" }).click();
    await board.locator("a[href^='/dm/']").waitFor({ state: "detached" });
    tell({ type: "read", roomId: direct.id, seq: 5 }, { type: "read", roomId: club.id, seq: 6 });
    await until("the title without a number", async () => !(await page.title()).startsWith("("));
    expect(await icon()).toBe("/favicon.svg");
    // Nobody has to put them away.
    await until("the call's end", async () => await board.getByRole("link").count() === 0);
    await person.getUp();
  });
}

Deno.test("nobody is called for what concerns others, for a room they want nothing of, nor for the one they are in", async () => {
  const { person, page, tell, me } = await inRoom();
  const board = page.getByRole("status", { name: "New elsewhere" });
  tell({ type: "rooms_watched", rooms: [club, { ...direct, level: "nothing" }] });
  tell({ type: "room_activity", roomId: club.id, ...said(5), mentioned: ["900009" as UserId] });
  tell({ type: "room_activity", roomId: direct.id, ...said(5) });
  // What comes after them has come after them.
  tell({ type: "room_activity", roomId: club.id, ...said(7), mentioned: [me()] });
  await board.getByRole("link").waitFor();
  expect(await board.getByRole("link").allInnerTexts()).toEqual(["Book club\nبِن: Are you there?"]);
  await until("the title", async () => (await page.title()).startsWith("(1) "));
  await person.getUp();
});
