/** Names and words that were made to run as scripts, in what a page draws once it is live. See docs/security.md. */
import { expect } from "expect";
import type { Page } from "playwright-core";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Member } from "../support/member.ts";
import { connect } from "../support/socket.ts";
import { until } from "../support/wait.ts";
import { bundles, HOSTILE, storable } from "../support/xss/corpora.ts";
import { asCode, packed } from "../support/xss/markup.ts";
import { crowd, letIn, makeRoom, said, type Stand, standForFile } from "../support/xss/stand.ts";
import type { Watch } from "../support/xss/watch.ts";

const PINS = 50;
const TEXTS = HOSTILE.map(storable);
const LINES = bundles();

const stand = standForFile();

async function live({ page }: Watch): Promise<void> {
  await page.getByRole("region", { name: "People", exact: true }).getByText("you", { exact: true }).waitFor();
}

async function menuOf(page: Page, text: string, item: string): Promise<void> {
  const article = page.locator("article[id^=m-]", { hasText: text }).first();
  await article.hover();
  await article.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Looks until all of the texts stand in the page, and expects nothing else to have happened. */
async function shows(watch: Watch, texts: readonly string[]): Promise<void> {
  await until("all texts on the page", async () => (await watch.look(texts)).length === 0).catch(() => {});
  expect(await watch.look(texts)).toEqual([]);
  expect(watch.noticed).toEqual([]);
}

Deno.test("nothing runs in a thread, among pins or among former wordings", async () => {
  const place = stand();
  const { sql } = place.node.services;
  const owner = await place.join();
  const room = await makeRoom(place, owner, "Beside");
  const socket = await connect(place.node, owner);
  await socket.join(room.id);
  const asked = await socket.say(room.id, "Who wrote this?");
  const wordings = packed(HOSTILE.map(asCode));
  for (const text of [...HOSTILE, ...wordings, "At last"]) {
    await socket.done({ type: "edit_message", messageId: asked.messageId!, body: text });
  }
  const people = (await crowd(place)).slice(-PINS * 5);
  await letIn(place, room, people);
  await said(
    place,
    people.map(({ id, name }) => (
      { roomId: room.id, authorId: id, kind: "TEXT" as const, body: name, replyToSeq: asked.seq }
    )),
  );
  const names = people.map(({ name }) => name);
  await sql`insert into pins (room_id, seq, pinned_by, pinned_at)
    select room_id, seq, author_id, now() from messages where room_id = ${room.id} order by seq desc limit ${PINS}`;

  const watch = await place.window(owner);
  await watch.visit(`/r/${room.slug}?m=${asked.messageId}`);
  await live(watch);
  await watch.page.locator("article", { hasText: "At last" }).getByRole("button", { name: "(edited)" })
    .first().click();
  await watch.page.getByRole("region", { name: "Former wordings" }).first().waitFor();
  await shows(watch, TEXTS);
  await watch.page.keyboard.press("Escape");
  await watch.page.getByRole("button", { name: "Pinned" }).click();
  const pins = watch.page.getByRole("region", { name: "Pinned messages" });
  await pins.locator("article").nth(PINS - 1).waitFor();
  await shows(watch, names);
  await watch.page.keyboard.press("Escape");
  await menuOf(watch.page, "At last", "Show thread");
  const thread = watch.page.getByRole("region", { name: "Thread", exact: true });
  await thread.locator("article").nth(names.length).waitFor();
  await shows(watch, names);
  await socket.close();
  await watch.close();
});

/** A room's page, and a way to put words into the server's mouth. */
async function prompted(place: Stand, owner: Member) {
  const room = await makeRoom(place, owner, "Prompted");
  const watch = await place.window(owner);
  let say = (_frame: string): void => {};
  let listed = false;
  await watch.page.routeWebSocket(/\/ws$/, (socket) => {
    const upstream = socket.connectToServer();
    upstream.onMessage((frame) => {
      listed ||= String(frame).includes('"rooms_watched"');
      socket.send(frame);
    });
    say = (frame) => socket.send(frame);
  });
  await watch.visit(`/r/${room.slug}`);
  await live(watch);
  await until("the server's own list", () => listed);
  const tell = (...events: ServerEvent[]) => say(JSON.stringify(events));
  return { room, watch, page: watch.page, tell };
}

Deno.test("nothing runs in lists of people, rooms and typists, nor in what calls for attention", async () => {
  const place = stand();
  const { sql } = place.node.services;
  const owner = await place.join();
  const rooms = await Promise.all(LINES.map(async (name, index) => {
    const room = await makeRoom(place, owner, "Called", { slug: `called-${index}` });
    await sql`update rooms set name = ${name} where id = ${room.id}`;
    return room;
  }));
  const { room, watch, page, tell } = await prompted(place, owner);
  const persons = LINES.map((name, index) => ({
    id: `${800_000 + index}` as UserId,
    name,
    username: `x${index}`,
  }));
  for (const user of persons) {
    tell({ type: "user_joined", roomId: room.id, user: { ...user, state: "online" } });
    tell({ type: "typing", roomId: room.id, user, on: true });
    await page.getByText("is typing").waitFor();
    expect(await watch.look([user.name])).toEqual([]);
    tell({ type: "typing", roomId: room.id, user, on: false });
  }
  await shows(watch, TEXTS);

  const board = page.getByRole("status", { name: "New elsewhere" });
  for (const [index, { id }] of rooms.entries()) {
    const last = {
      author: persons[index]!,
      kind: "TEXT" as const,
      body: LINES[index]!,
      at: new Date().toISOString(),
    };
    tell({ type: "room_activity", roomId: id, seq: 5, last, mentioned: [owner.user.id] });
    await board.locator(`a[href="/r/called-${index}"]`).waitFor();
    await watch.look();
  }
  await page.locator("#message").focus();
  for (const [index, name] of LINES.entries()) {
    for (const begun of [`@x${index}`, `#called-${index}`]) {
      await page.locator("#message").fill(begun);
      await page.getByRole("option").filter({ hasText: begun }).first().waitFor();
      expect(await watch.look([name])).toEqual([]);
    }
  }
  await page.locator("#message").fill("");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("option").first().waitFor();
  await shows(watch, []);
  await watch.close();
});

Deno.test("nothing runs in what the server says of refusals, changes and ends", async () => {
  const place = stand();
  const owner = await place.join();
  for (const line of bundles(9_000)) {
    const { room, watch, page, tell } = await prompted(place, owner);
    tell({ type: "room_changed", roomId: room.id, room: { ...room, name: line, topic: line, slug: line } });
    await shows(watch, [line]);
    tell({ type: "error", code: "FORBIDDEN", message: line, fields: { body: line } });
    tell({ type: "moderation", roomId: room.id, action: "BAN", reason: line });
    tell({ type: "room_left", roomId: room.id, reason: line });
    await page.locator("#message").waitFor({ state: "detached" });
    await shows(watch, [line]);
    await watch.close();
  }
});
