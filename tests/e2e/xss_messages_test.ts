/** Words that were made to run as scripts, wherever messages are shown. See docs/security.md. */
import { expect } from "expect";
import type { Page } from "playwright-core";
import { messageIdOf, type RoomId } from "../../lib/protocol/ids.ts";
import { PAYLOADS } from "../markdown/xss_corpus.ts";
import { connect, type TestSocket } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { bundles, HOSTILE } from "../support/xss/corpora.ts";
import { asCode, packed, wrapped } from "../support/xss/markup.ts";
import {
  crowd,
  forEach,
  letIn,
  makeRoom,
  readPage,
  said,
  type Stand,
  standForFile,
} from "../support/xss/stand.ts";
import type { Watch } from "../support/xss/watch.ts";

/** So many rows stand in a live page as a whole (decision 27). */
const A_PAGE = 140;
/** Words that stand in many of the texts: what is found is marked within them. */
const SOUGHT = ["alert", "script", "javascript", "onerror", "img has:file"];

const stand = standForFile();

function inPages<Item>(items: readonly Item[]): Item[][] {
  return Array.from(
    { length: Math.ceil(items.length / A_PAGE) },
    (_, page) => items.slice(page * A_PAGE, (page + 1) * A_PAGE),
  );
}

async function sayAll(socket: TestSocket, roomId: RoomId, bodies: readonly string[]): Promise<void> {
  await forEach(bodies, (body) => socket.say(roomId, body));
}

/** So many were said; above them stands that the room was made. */
async function articles(page: Page, said: number): Promise<void> {
  const count = said + 1;
  const there = page.locator("article[id^=m-]");
  await there.nth(count - 1).waitFor().catch(() => {});
  expect(await there.count()).toBe(count);
}

async function live({ page }: Watch): Promise<void> {
  await page.getByRole("region", { name: "People", exact: true }).getByText("you", { exact: true }).waitFor();
}

/** A room of somebody's, and their socket in it. */
async function spoken(place: Stand, name: string) {
  const owner = await place.join();
  const room = await makeRoom(place, owner, name);
  const socket = await connect(place.node, owner);
  await socket.join(room.id);
  return { owner, room, socket };
}

const BODIES = [...HOSTILE, ...HOSTILE.flatMap(wrapped), ...packed(PAYLOADS), ...packed(HOSTILE.map(asCode))];

Deno.test("no message runs when a room's history is opened, live and as plain pages", async () => {
  const place = stand();
  const { owner, socket } = await spoken(place, "Messages");
  const watch = await place.window(owner);
  for (const bodies of inPages(BODIES)) {
    const room = await makeRoom(place, owner, "Messages");
    await socket.join(room.id);
    await sayAll(socket, room.id, bodies);
    const codes = bodies.filter((body) => HOSTILE.map(asCode).includes(body)).map((body) =>
      body.slice(7, -7)
    );
    expect(await watch.visit(`/r/${room.slug}?m=${messageIdOf(room.id, 1)}`, codes)).toEqual([]);
    await live(watch);
    await articles(watch.page, bodies.length);
    expect(await watch.look(codes)).toEqual([]);
    for (let before = bodies.length + 2; before > 1; before -= 50) {
      await readPage(watch, owner, `/r/${room.slug}?before=${before}`);
    }
    expect(watch.noticed).toEqual([]);
  }
  await socket.close();
  await watch.close();
});

Deno.test("no message runs when it arrives in a room that is open", async () => {
  const place = stand();
  const { owner, room, socket } = await spoken(place, "Arrivals");
  const watch = await place.window(owner);
  await watch.visit(`/r/${room.slug}`);
  await live(watch);
  // A page that is left open lets go of the oldest of some 400.
  for (const [page, bodies] of inPages(HOSTILE).entries()) {
    await sayAll(socket, room.id, bodies);
    await socket.say(room.id, `that was all of ${page}`);
    await watch.page.locator("article", { hasText: `that was all of ${page}` }).waitFor();
    await watch.look();
  }
  expect(watch.noticed).toEqual([]);
  await socket.close();
  await watch.close();
});

Deno.test("no name, quoted line, file name or reaction runs beside a message", async () => {
  const place = stand();
  const { sql } = place.node.services;
  const people = await crowd(place);
  const { owner, socket } = await spoken(place, "Names");
  const watch = await place.window(owner);
  for (const some of inPages(people)) {
    const room = await makeRoom(place, owner, "Names");
    await letIn(place, room, some);
    const drafts = some.map(({ id, name }, index) => ({
      ...{ roomId: room.id, authorId: id, kind: "FILE" as const, body: name },
      replyToSeq: index + 1,
      attachments: [{ id: crypto.randomUUID(), name, type: name, size: 7 }],
    }));
    await said(place, drafts);
    await sql`insert into reactions (room_id, seq, emoji, user_id, event_seq, first_seq)
      select ${room.id}, ord + 1, left(name, 64), id, ord, ord
      from unnest(${some.map(({ name }) => name)}::text[], ${some.map(({ id }) => id)}::bigint[])
        with ordinality as t (name, id, ord)`;
    const names = some.map(({ name }) => name);
    expect(await watch.visit(`/r/${room.slug}?m=${messageIdOf(room.id, 1)}`, names)).toEqual([]);
    await live(watch);
    await articles(watch.page, some.length);
    expect(await watch.look(names)).toEqual([]);
    expect(watch.noticed).toEqual([]);
  }
  await socket.close();
  await watch.close();
});

Deno.test("nothing that a search finds runs, nor what it marks", async () => {
  const place = stand();
  const people = await crowd(place);
  const owner = await place.join();
  const room = await makeRoom(place, owner, "Found");
  await letIn(place, room, people);
  const files = (name: string) => [{ id: crypto.randomUUID(), name, type: "text/html", size: 7 }];
  await said(
    place,
    people.map(({ id, name }) => (
      {
        roomId: room.id,
        authorId: id,
        kind: "FILE" as const,
        body: `Found ${name}`,
        attachments: files(name),
      }
    )),
  );
  const watch = await place.window(owner);
  for (const q of SOUGHT) {
    for (const sort of ["new", "best"]) {
      await watch.visit(`/search?${new URLSearchParams({ q, sort })}`);
      await watch.page.locator("mark").first().waitFor();
      expect(watch.noticed).toEqual([]);
    }
  }
  const names = new Set(people.map(({ name }) => name));
  for (let path: string | undefined = "/search?q=found+in%3Afound"; path !== undefined;) {
    const { text: html } = await owner.get(path);
    const left = new Set(await watch.read(path, html, [...names]));
    for (const name of names) if (!left.has(name)) names.delete(name);
    path = /href="([^"]*cursor=[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  }
  expect([...names]).toEqual([]);
  expect(watch.noticed).toEqual([]);
  await watch.close();
});

Deno.test("nothing runs on the first page, in a lounge or in what the house says, for strangers too", async () => {
  const place = stand();
  const lines = bundles();
  const people = await crowd(place, lines);
  const general = await roomOf(place.node);
  const room = { roomId: general.id, kind: "TEXT" as const };
  await said(place, people.map(({ id, name }) => ({ ...room, authorId: id, body: name })));
  await said(place, lines.map((body) => ({ ...room, kind: "SYSTEM" as const, authorId: null, body })));
  for (const who of [null, await place.join(), await guest(place.node)]) {
    const watch = await place.window(who);
    await watch.visit("/");
    expect(await watch.visit("/lounges/general/en", HOSTILE)).toEqual([]);
    expect(watch.noticed).toEqual([]);
    await watch.close();
  }
});
