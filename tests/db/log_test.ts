import { expect } from "expect";
import { close, connect, type Sql } from "../../db/client.ts";
import { eventsAfter, resumeAfter } from "../../db/queries/events.ts";
import { appendMessages, type Draft } from "../../db/queries/append.ts";
import { deleteMessage, editMessage } from "../../db/queries/messages.ts";
import { headsOf } from "../../db/queries/rooms.ts";
import { messageIdOf, type RoomId, type UserId } from "../../lib/protocol/ids.ts";
import { testDatabase } from "../support/database.ts";
import { draft, makePeople, makeRooms } from "./people.ts";

const LIMITS = {
  reader: null,
  maxEvents: 500,
  maxDays: 7,
};

Deno.test("a room's log has no gap and no duplicate when isolates append, retry, edit and delete at once", async () => {
  await using database = await testDatabase();
  const rooms = await makeRooms(database.sql, 5);
  const [maya, tom] = await makePeople(database.sql, "Maya", "Tom");
  const isolates = [connect(database.url, { max: 3 }), connect(database.url, { max: 3 })];
  const drafts = Array.from(
    { length: 600 },
    (_, i) => draft(rooms[(i * 7 + (i >> 4)) % rooms.length]!, i % 3 ? maya! : tom!, `line ${i}`, `c${i}`),
  );
  const placedBy = new Map<string, Set<string>>();
  const send = async (sql: Sql, batch: Draft[]) => {
    for (const [i, placed] of (await appendMessages(sql, batch)).entries()) {
      const { clientId, roomId } = batch[i]!;
      placedBy.set(clientId, (placedBy.get(clientId) ?? new Set()).add(`${roomId}/${placed.seq}`));
    }
  };
  const work: Promise<unknown>[] = [];
  for (let from = 0; from < drafts.length; from += 20) {
    // Both isolates send the second half of each batch: a client that lost its connection and came back.
    const batch = drafts.slice(from, from + 20);
    work.push(send(isolates[0]!, batch), send(isolates[1]!, batch.slice(10).reverse()));
    work.push(change(isolates[from % 2]!, rooms[(from / 20) % 5]!, from / 20 + 1, maya!));
  }
  await Promise.all(work);

  expect([...placedBy.values()].every((places) => places.size === 1)).toBe(true);
  const heads = await headsOf(database.sql, rooms);
  const log = await eventsAfter(database.sql, rooms.map((roomId) => ({ roomId, after: 0 })), 10_000);
  let messages = 0;
  for (const room of rooms) {
    const events = log.get(room)!;
    expect(events.map((event) => event.seq)).toEqual(
      Array.from({ length: heads.get(room)! }, (_, i) => i + 1),
    );
    messages += events.filter((event) => event.type === "new_message").length;
  }
  expect(messages).toBe(600);
  await Promise.all(isolates.map(close));
});

async function change(sql: Sql, roomId: RoomId, seq: number, actorId: UserId): Promise<void> {
  await editMessage(sql, { roomId, seq, actorId, body: "better words" });
  if (seq % 2) await deleteMessage(sql, { roomId, seq, actorId });
}

Deno.test("a reader who asks again and again misses nothing while writers commit", async () => {
  await using database = await testDatabase({ max: 6 });
  const rooms = await makeRooms(database.sql, 2);
  const [maya] = await makePeople(database.sql, "Maya");
  let writing = true;
  const writers = Promise.all(Array.from({ length: 4 }, async (_, writer) => {
    for (let i = 0; i < 25; i++) {
      await appendMessages(database.sql, rooms.map((room) => draft(room, maya!, `${writer} ${i}`)));
    }
  })).finally(() => writing = false);
  const cursors = rooms.map((roomId) => ({ roomId, after: 0 }));
  for (let last = false; !last;) {
    last = !writing;
    const news = await eventsAfter(database.sql, cursors, 7);
    for (const cursor of cursors) {
      for (const event of news.get(cursor.roomId) ?? []) expect(event.seq).toBe(++cursor.after);
    }
    if (news.size > 0) last = false;
  }
  await writers;
  expect(cursors.map((cursor) => cursor.after)).toEqual([100, 100]);
});

Deno.test("eventsAfter gives each room what came after its own cursor, without the words of deleted messages", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [a, b, quiet] = await makeRooms(sql, 3);
  const [maya] = await makePeople(sql, "Maya");
  await appendMessages(sql, [
    draft(a!, maya!, "one"),
    draft(a!, maya!, "two"),
    draft(b!, maya!, "over there"),
  ]);
  await editMessage(sql, { roomId: a!, seq: 2, actorId: maya!, body: "two, said better" });
  await editMessage(sql, { roomId: a!, seq: 1, actorId: maya!, body: "a secret" });
  await deleteMessage(sql, { roomId: a!, seq: 1, actorId: maya! });
  await appendMessages(sql, [draft(a!, maya!, "three")]);
  const cursors = [a!, b!, quiet!].map((roomId) => ({ roomId, after: roomId === b ? 1 : 0 }));
  const log = await eventsAfter(sql, cursors, 100);
  expect([...log.keys()]).toEqual([a]);
  expect(log.get(a!)!.map((event) => [event.seq, event.type])).toEqual([
    [1, "new_message"],
    [2, "new_message"],
    [3, "message_edited"],
    [4, "message_edited"],
    [5, "message_deleted"],
    [6, "new_message"],
  ]);
  expect(JSON.stringify(log.get(a!))).not.toMatch(/secret|"one"/);
  expect(log.get(a!)![0]).toMatchObject({ message: { body: "", deletedAt: expect.any(String) } });
  expect(log.get(a!)![2]).toMatchObject({ messageId: messageIdOf(a!, 2), body: "two, said better" });
  expect((await eventsAfter(sql, [{ roomId: a!, after: 3 }], 2)).get(a!)!.map((event) => event.seq)).toEqual([
    4,
    5,
  ]);
});

Deno.test("resume is complete when little was missed, and says so when too much, too old, or of another log", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [room] = await makeRooms(sql, 1);
  const [maya] = await makePeople(sql, "Maya");
  await appendMessages(sql, Array.from({ length: 20 }, (_, i) => draft(room!, maya!, `line ${i}`)));
  const missed = await resumeAfter(sql, room!, 15, LIMITS);
  expect(missed).toMatchObject({ complete: true, headSeq: 20 });
  expect(missed.events.map((event) => event.seq)).toEqual([16, 17, 18, 19, 20]);
  expect(await resumeAfter(sql, room!, 20, LIMITS)).toEqual({ complete: true, headSeq: 20, events: [] });
  const refused = { complete: false, headSeq: 20, events: [] };
  expect(await resumeAfter(sql, room!, 15, { ...LIMITS, maxEvents: 4 })).toEqual(refused);
  expect(await resumeAfter(sql, room!, 21, LIMITS)).toEqual(refused);
  await sql`update messages set created_at = now() - interval '8 days' where seq <= 16`;
  expect(await resumeAfter(sql, room!, 15, LIMITS)).toEqual(refused);
  expect((await resumeAfter(sql, room!, 16, LIMITS)).complete).toBe(true);
  expect((await resumeAfter(sql, "987654321" as RoomId, 0, LIMITS)).complete).toBe(false);
});
