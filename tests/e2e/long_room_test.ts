/** Rooms in which thousands of things were said: what is in the page, and that nothing moves under the reader. */
import { expect } from "expect";
import type { Browser, BrowserContextOptions } from "playwright-core";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { barriers } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { type Drawn, LongList } from "../support/long_list.ts";
import { fillRoom } from "../support/long_talk.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};
const SAID = 2_000;
/** Elements of the whole page, however much was said in the room. */
const MOST_ELEMENTS = 5_000;
/** Pixels that nobody sees. */
const STILL = 1.5;
/** Milliseconds that a way through many screens may take. */
const WALK = 60_000;
const HISTORY = /\/messages\?(cursor|after)=/;

let server: Server;
let browser: Browser;
/** Language → its room in the general lounge, and what was said in it. */
const rooms = new Map<string, { id: RoomId; seqs: number[] }>();

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** A room with a long past, made when it is first asked for. */
async function longRoom(language: string, count = SAID) {
  const { sql } = server.database;
  if (!rooms.has(language)) {
    const [room] = await sql<{ id: RoomId }[]>`
      select r.id from rooms r join lounges l on l.id = r.lounge_id
      where l.slug = 'general' and r.language = ${language}`;
    await fillRoom(sql, room!.id, count);
    const seqs = await sql<{ seq: string }[]>`select seq from messages where room_id = ${
      room!.id
    } order by seq`;
    rooms.set(language, { id: room!.id, seqs: seqs.map(({ seq }) => Number(seq)) });
  }
  return { ...rooms.get(language)!, path: `/lounges/general/${language}` };
}

async function reader(path: string, options: BrowserContextOptions = DESKTOP) {
  const person = await Person.sitDown(browser, server.origin, options);
  await person.enter(path, `Reader ${crypto.randomUUID().slice(0, 8)}`);
  return { person, page: person.page, room: new RoomPage(person), list: new LongList(person.page) };
}

/** Looks at each step whether what is in the page is in order and little, and gathers what there was. */
function watcher() {
  const met = new Set<number>();
  return {
    met,
    each({ seqs, elements }: Drawn) {
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
      expect(new Set(seqs).size).toBe(seqs.length);
      expect(elements).toBeLessThan(MOST_ELEMENTS);
      for (const seq of seqs) met.add(seq);
    },
  };
}

const sorted = (seqs: Iterable<number>) => [...seqs].sort((a, b) => a - b);

Deno.test("every message comes once and in its order when somebody reads back to the beginning", async () => {
  const { path, seqs } = await longRoom("en");
  const { person, page, list, room } = await reader(path);
  await room.live();
  const { met, each } = watcher();
  await list.walk(-1.5, () => list.begins(), each);
  expect(sorted(met)).toEqual(seqs);
  expect(await barriers(page)).toEqual([]);
  const positions = page.locator("ol[data-rows] > li[aria-posinset]");
  expect(await positions.first().getAttribute("aria-posinset")).toBe("1");
  // Lines between messages count too.
  expect(Number(await positions.first().getAttribute("aria-setsize"))).toBeGreaterThan(SAID);
  await page.getByRole("button", { name: "Newest messages" }).click();
  await page.locator(`article[id$="-${seqs.at(-1)}"]`).waitFor();
  expect((await list.look()).below).toBe(0);
  await person.getUp();
});

Deno.test("every message comes once and in its order on a phone, in a language that is read from the right", async () => {
  const { path, seqs } = await longRoom("ar", 600);
  const { person, list, room } = await reader(path, PHONE);
  await until("the room live", async () => (await room.messages.count()) > 0 && !await list.begins());
  const { met, each } = watcher();
  await list.walk(-1.5, () => list.begins(), each);
  expect(sorted(met)).toEqual(seqs);
  await person.getUp();
});

Deno.test("the message that somebody reads stays where it is when older ones come above it", async () => {
  const { path } = await longRoom("en");
  const { person, page, list, room } = await reader(path);
  await room.live();
  for (let screens = 0; screens < 30; screens++) await list.scroll(-0.8);
  const held = Promise.withResolvers<void>();
  await page.route(HISTORY, async (route) => (await held.promise, await route.continue()));
  await until("the beginning of what is loaded", async () => (await list.scroll(-0.8)).above < 1);
  const id = await list.onScreen("top");
  const [before, { seqs: [first] }] = [await list.placeOf(id), await list.look()];
  held.resolve();
  await until("older messages", async () => (await list.look()).above > 500);
  expect(Math.abs(await list.placeOf(id) - before)).toBeLessThan(STILL);
  await list.scroll(-0.8);
  expect((await list.look()).seqs[0]).toBeLessThan(first!);
  await person.getUp();
});

Deno.test("the message that somebody reads stays where it is when others grow, above it and below", async () => {
  const { path } = await longRoom("en");
  const { person, page, list, room } = await reader(path);
  await room.live();
  for (let screens = 0; screens < 12; screens++) await list.scroll(-0.8);
  const id = await list.onScreen("top");
  const before = await list.placeOf(id);
  for (const side of ["previousElementSibling", "nextElementSibling"] as const) {
    // As a picture does that comes without its size.
    await page.evaluate(([id, side]) => {
      let row = document.getElementById(id)!.closest("li")!;
      for (let rows = 0; rows < 12; rows++) row = (row[side] as HTMLLIElement | null) ?? row;
      const grown = document.createElement("p");
      grown.style.height = "333px";
      row.append(grown);
    }, [id, side] as const);
    expect(Math.abs(await list.placeOf(id) - before)).toBeLessThan(STILL);
  }
  await person.getUp();
});

Deno.test("the message that somebody reads is still on screen when the window becomes narrower and wider", async () => {
  const { path } = await longRoom("en");
  const { person, page, list, room } = await reader(path);
  await room.live();
  for (let screens = 0; screens < 12; screens++) await list.scroll(-0.8);
  const id = await list.onScreen("middle");
  for (const viewport of [PHONE.viewport!, DESKTOP.viewport!]) {
    await page.setViewportSize(viewport);
    const height = await list.list.evaluate((list) => list.clientHeight);
    await until("the message on screen", async () => {
      const place = await list.placeOf(id);
      return place > 0 && place <= height + STILL;
    });
  }
  await person.getUp();
});

Deno.test("news is told by the pill and moves nothing when somebody reads what is old", async () => {
  const { path } = await longRoom("en");
  const [ann, ben] = await Promise.all([reader(path), reader(path)]);
  for (const { room } of [ann, ben]) await room.live();
  for (let screens = 0; screens < 12; screens++) await ann.list.scroll(-0.8);
  const id = await ann.list.onScreen("top");
  const before = await ann.list.placeOf(id);
  await ben.room.say("Something new");
  await ben.room.sees("Something new");
  await ben.room.say("And more of it");
  const pill = ann.page.getByRole("button", { name: "2 new messages" });
  await pill.waitFor();
  expect(Math.abs(await ann.list.placeOf(id) - before)).toBeLessThan(STILL);
  await pill.click();
  await ann.room.sees("And more of it");
  expect((await ann.list.look()).below).toBe(0);
  await ben.room.say("The last word");
  await ann.room.sees("The last word");
  expect((await ann.list.look()).below).toBe(0);
  expect(await ann.page.getByRole("button", { name: /new message|Newest messages/ }).count()).toBe(0);
  for (const { person } of [ann, ben]) await person.getUp();
});

Deno.test("an old message opens in its place when a link names it, and its room goes on both ways", async () => {
  const { path, id, seqs } = await longRoom("en");
  const { person, page, list, room } = await reader(path);
  const sought = seqs[700]!;
  await page.goto(`${path}?m=${id}-${sought}`);
  await room.live();
  const article = page.locator(`#m-${id}-${sought}`);
  await article.waitFor();
  await until("the message lit", async () => (await article.getAttribute("class"))!.includes("lit"));
  expect(await article.evaluate((row) => row.checkVisibility())).toBe(true);
  const { y } = (await article.boundingBox())!;
  expect(y).toBeGreaterThan(0);
  expect(y).toBeLessThan(DESKTOP.viewport!.height);
  const { met, each } = watcher();
  // Down to the end, where the two windows are one…
  const atEnd = async () => await page.getByRole("button", { name: "Newest messages" }).count() === 0;
  await list.walk(1.5, atEnd, each);
  expect(Math.max(...met)).toBeGreaterThanOrEqual(seqs.at(-1)!);
  // …and up to the beginning.
  await list.walk(-1.5, () => list.begins(), each);
  for (const seq of seqs) expect(met.has(seq)).toBe(true);
  await person.getUp();
});

Deno.test("changes reach the old messages that a link leads to, and what is said is said at the end", async () => {
  const { path, id } = await longRoom("fr", 700);
  const [ann, ben] = await Promise.all([reader(path), reader(path)]);
  for (const { room } of [ann, ben]) await room.live();
  const seq = rooms.get("fr")!.seqs[100]!;
  await ann.page.goto(`${path}?m=${id}-${seq}`);
  await ann.room.live();
  await ann.page.locator(`#m-${id}-${seq}`).waitFor();
  await ben.page.goto(`${path}?m=${id}-${seq}`);
  await ben.room.live();
  await ben.page.locator(`#m-${id}-${seq}`).hover();
  await ben.page.locator(`#m-${id}-${seq}`).getByRole("button", { name: "React: thumbs up" }).click();
  await ann.page.locator(`#m-${id}-${seq}`).getByRole("button", { name: /^👍/ }).waitFor();
  await ann.room.say("Said from the past");
  await ann.room.sees("Said from the past");
  expect((await ann.list.look()).below).toBe(0);
  await ben.page.getByRole("button", { name: "1 new message" }).click();
  await ben.room.sees("Said from the past");
  for (const { person } of [ann, ben]) await person.getUp();
});

Deno.test("the focus and what is selected stay when their message is scrolled far out of sight", async () => {
  const { path } = await longRoom("en");
  const { person, page, list, room } = await reader(path);
  await room.live();
  for (let screens = 0; screens < 12; screens++) await list.scroll(-0.8);
  const id = await list.onScreen("top");
  const reply = page.locator(`#${id}`).getByRole("button", { name: "Reply" });
  await reply.focus();
  for (let screens = 0; screens < 12; screens++) await list.scroll(-0.8);
  expect((await list.look()).elements).toBeLessThan(MOST_ELEMENTS);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  expect(await focused()).toBe("Reply");
  await page.keyboard.press("ArrowLeft");
  expect(await focused()).toBe("React");
  // The keys go on from there: the view follows the focus.
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("ol[data-rows] > li") !== null)).toBe(
    true,
  );
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const words = await list.onScreen("top");
  const selected = await page.evaluate((id) => {
    getSelection()!.selectAllChildren(document.getElementById(id)!);
    return `${getSelection()}`;
  }, words);
  for (let screens = 0; screens < 8; screens++) await list.scroll(0.8);
  expect(await page.evaluate(() => `${getSelection()}`)).toBe(selected);
  await person.getUp();
});

Deno.test("a message that is answered is found when it has long left the page", async () => {
  const { path, id, seqs } = await longRoom("en");
  const { person, page, list, room } = await reader(path);
  await room.live();
  const { sql } = server.database;
  const [answer] = await sql<{ seq: string; to: string }[]>`
    select seq, reply_to_seq as to from messages
    where room_id = ${id} and reply_to_seq < ${seqs.at(-1)! - 200} and seq > ${seqs.at(-1)! - 500} limit 1`;
  const article = page.locator(`#m-${id}-${answer!.seq}`);
  const there = async () => (await list.scroll(-0.8)).seqs.includes(Number(answer!.seq));
  await until("the answer", there, WALK);
  // What it answers is further up, and out of the page once the answer has left it and come back.
  await list.scroll(20);
  await until("the answer again", there, WALK);
  await article.getByRole("link", { name: "In answer to" }).click();
  await page.locator(`#m-${id}-${answer!.to}.lit`).waitFor();
  await person.getUp();
});
