import { expect } from "expect";
import { appendMessages } from "../../db/queries/append.ts";
import { deleteMessage, editMessage, findMessage, pageBefore } from "../../db/queries/messages.ts";
import { Refused } from "../../db/queries/refused.ts";
import { messageIdOf, type RoomId } from "../../lib/protocol/ids.ts";
import { testDatabase } from "../support/database.ts";
import { draft, makePeople, makeRooms } from "./people.ts";

Deno.test("append gives consecutive seqs in input order when a batch mixes rooms", async () => {
  await using database = await testDatabase();
  const [a, b] = await makeRooms(database.sql, 2);
  const [maya] = await makePeople(database.sql, "Maya");
  const placed = await appendMessages(database.sql, [
    draft(b!, maya!, "b1"),
    draft(a!, maya!, "a1"),
    draft(b!, maya!, "b2"),
    { ...draft(a!, maya!, "a2 with a \0 in it"), replyToSeq: 1 },
  ]);
  expect(placed.map((one) => [one.seq, one.fresh])).toEqual([[1, true], [1, true], [2, true], [2, true]]);
  const found = await findMessage(database.sql, a!, 2);
  expect(found).toMatchObject({
    id: messageIdOf(a!, 2),
    body: "a2 with a \u{FFFD} in it",
    author: { id: maya, name: "Maya" },
    createdAt: placed[3]!.createdAt,
    replyTo: messageIdOf(a!, 1),
  });
});

Deno.test("append answers with the old seq when a message is sent again, among new ones", async () => {
  await using database = await testDatabase();
  const [a, b] = await makeRooms(database.sql, 2);
  const [maya, tom] = await makePeople(database.sql, "Maya", "Tom");
  const [first] = await appendMessages(database.sql, [draft(a!, maya!, "hello", "c1")]);
  const oneRoom = await appendMessages(database.sql, [draft(a!, maya!, "hello", "c1")]);
  expect(oneRoom).toEqual([{ ...first!, fresh: false }]);
  const mixed = await appendMessages(database.sql, [
    draft(a!, tom!, "the same client id from somebody else", "c1"),
    draft(a!, maya!, "hello", "c1"),
    draft(b!, maya!, "the same client id in another room", "c1"),
    draft(a!, maya!, "new", "c2"),
  ]);
  expect(mixed.map((one) => [one.seq, one.fresh])).toEqual([[2, true], [1, false], [1, true], [3, true]]);
});

Deno.test("append writes nothing and names the rooms when some do not exist", async () => {
  await using database = await testDatabase();
  const [a] = await makeRooms(database.sql, 1);
  const [maya] = await makePeople(database.sql, "Maya");
  const gone = ["987654321", "987654322"] as RoomId[];
  for (const rooms of [[gone[0]!], [gone[0]!, a!, gone[1]!]]) {
    const batch = rooms.map((room) => draft(room, maya!, "into the void"));
    const error = await appendMessages(database.sql, batch).then(() => null, (error) => error);
    expect(error).toBeInstanceOf(Refused);
    expect([error.reason, error.whose.map(({ roomId }: { roomId: RoomId }) => roomId)])
      .toEqual(["missing", rooms.filter((room) => room !== a)]);
  }
  expect((await pageBefore(database.sql, a!, { reader: null, limit: 5 })).messages).toEqual([]);
});

Deno.test("pages of history reach the beginning without gap when read backwards", async () => {
  await using database = await testDatabase();
  const [room] = await makeRooms(database.sql, 1);
  const [maya] = await makePeople(database.sql, "Maya");
  await appendMessages(
    database.sql,
    Array.from({ length: 120 }, (_, i) => draft(room!, maya!, `line ${i + 1}`)),
  );
  const seqs: number[] = [];
  let before: number | undefined;
  for (let hasOlder = true; hasOlder;) {
    const page = await pageBefore(database.sql, room!, { reader: null, before, limit: 50 });
    seqs.unshift(...page.messages.map((message) => message.seq));
    ({ hasOlder } = page);
    before = page.messages[0]!.seq;
  }
  expect(seqs).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
  expect((await pageBefore(database.sql, room!, { reader: null, before: 51, limit: 50 })).hasOlder).toBe(
    false,
  );
});

Deno.test("an edit keeps the old words for moderators, a deletion hides them all from readers", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [room] = await makeRooms(sql, 1);
  const [maya] = await makePeople(sql, "Maya");
  await appendMessages(sql, [draft(room!, maya!, "helo")]);
  const edited = await editMessage(sql, { roomId: room!, seq: 1, actorId: maya!, body: "hello" });
  expect(edited).toMatchObject({
    type: "message_edited",
    seq: 2,
    messageId: messageIdOf(room!, 1),
    body: "hello",
  });
  expect(await findMessage(sql, room!, 1)).toMatchObject({ body: "hello", editedAt: edited!.editedAt });
  const [revision] = await sql`select body, replaced_by from message_revisions where room_id = ${room!}`;
  expect(revision).toEqual({ body: "helo", replaced_by: maya });

  const deleted = await deleteMessage(sql, { roomId: room!, seq: 1, actorId: maya! });
  expect(deleted).toMatchObject({ type: "message_deleted", seq: 3, messageId: messageIdOf(room!, 1) });
  expect(await findMessage(sql, room!, 1)).toMatchObject({ body: "", deletedAt: deleted!.deletedAt });
  expect((await sql`select body from messages where room_id = ${room!}`)[0]!.body).toBe("hello");

  expect(await editMessage(sql, { roomId: room!, seq: 1, actorId: maya!, body: "again" })).toBeNull();
  expect(await deleteMessage(sql, { roomId: room!, seq: 1, actorId: maya! })).toBeNull();
  expect(await deleteMessage(sql, { roomId: room!, seq: 2, actorId: maya! })).toBeNull();
  const [head] = await sql`select head_seq from rooms where id = ${room!}`;
  expect(head!.head_seq).toBe("3");
});
