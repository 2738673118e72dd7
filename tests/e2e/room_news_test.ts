/** What a room's page makes of news that comes over its socket: of other rooms, and of its own end. */
import { expect } from "expect";
import type { Browser, BrowserContextOptions } from "playwright-core";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";
import { roomOf } from "../support/visitor.ts";

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
async function inRoom(language: string, options: BrowserContextOptions = {}) {
  const person = await Person.sitDown(browser, server.origin, options);
  let say = (_frame: string): void => {};
  const listed = Promise.withResolvers<void>();
  let isListed = false;
  await person.page.routeWebSocket(/\/ws$/, (socket) => {
    const upstream = socket.connectToServer();
    upstream.onMessage((frame) => {
      const lists = frame.includes('"rooms_watched"');
      // The first answers the page; one that comes later would take back what we have said.
      if (!lists || !isListed) socket.send(frame);
      if (!lists) return;
      isListed = true;
      listed.resolve();
    });
    say = (frame) => socket.send(frame);
  });
  await person.enter(`/lounges/general/${language}`, "Ann");
  const room = new RoomPage(person);
  const { id } = await roomOf(server, "general", language);
  // On a phone the list of people is there and out of sight.
  await person.page.locator("section[aria-label=People]").getByText("you", { exact: true })
    .waitFor({ state: "attached" });
  await listed.promise;
  const tell = (...events: ServerEvent[]) => say(JSON.stringify(events));
  return { person, page: person.page, room, id, tell };
}

const BEN = { id: "900001" as UserId, name: "بِن" };
const direct: MyRoom = {
  id: "900002" as RoomId,
  kind: "direct",
  name: "",
  dir: "ltr",
  people: [BEN],
  role: "member",
  headSeq: 4,
  readSeq: 4,
  unread: 0,
  mentions: 0,
  online: 1,
};
const club: MyRoom = {
  ...direct,
  id: "900003" as RoomId,
  kind: "slug",
  name: "Book club",
  slug: "book-club",
};

Deno.test("the rail shows what is new in other rooms when it happens, and no more when it is read", async () => {
  const { person, page, tell } = await inRoom("it");
  const rail = page.getByRole("navigation", { name: "Rooms" });
  const rooms = rail.getByRole("list", { name: "My rooms" });
  tell({ type: "rooms_watched", rooms: [club, direct] });
  await rooms.getByRole("link").nth(1).waitFor();
  expect(await rooms.getByRole("link").allInnerTexts()).toEqual(["Book club", "بِن"]);
  expect(await rooms.getByRole("link", { name: "بِن" }).getAttribute("href")).toBe(`/dm/${direct.id}`);
  const last = { author: BEN, kind: "TEXT" as const, body: "Are you there?", at: new Date().toISOString() };
  tell({ type: "room_activity", roomId: direct.id, seq: 5, messages: 1, last });
  await rooms.getByRole("link", { name: "1 new" }).waitFor();
  expect(await rooms.getByRole("link").first().getAttribute("href")).toBe(`/dm/${direct.id}`);
  expect(await barriers(page)).toEqual([]);
  tell({ type: "read", roomId: direct.id, seq: 5 });
  await rooms.getByRole("link", { name: "1 new" }).waitFor({ state: "detached" });
  await person.getUp();
});

Deno.test("somebody who is banned reads why and where to go, and writes no more", async () => {
  const { person, page, room, id, tell } = await inRoom("fr", { viewport: PHONE });
  await room.writing.waitFor();
  tell(
    { type: "moderation", roomId: id, action: "BAN", reason: "You were asked three times." },
    { type: "room_left", roomId: id, reason: "You are banned from this room." },
  );
  await page.getByRole("alert").getByText("You are banned from this room. You were asked three times.")
    .waitFor();
  expect(await room.writing.count()).toBe(0);
  expect(await page.getByRole("link", { name: "Your rooms" }).getAttribute("href")).toBe("/dashboard");
  expect([await barriers(page), await overflow(page)]).toEqual([[], 0]);
  await person.getUp();
});

Deno.test("a room says when it ends, and when it has ended that it has", async () => {
  const { person, page, room, id, tell } = await inRoom("de");
  const endsAt = new Date(Date.now() + 600_000).toISOString();
  tell({ type: "room_ttl_warning", roomId: id, endsAt, secondsLeft: 600 });
  const warning = page.getByRole("status").getByText("This room ends at");
  await warning.waitFor();
  expect(await room.writing.isEditable()).toBe(true);
  tell({ type: "room_closed", roomId: id, reason: "This room's time is over." });
  await page.getByRole("alert").getByText("This room's time is over.").waitFor();
  expect([await room.writing.count(), await warning.count()]).toEqual([0, 0]);
  await person.getUp();
});
