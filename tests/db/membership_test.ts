import { expect } from "expect";
import type { Sql } from "../../db/client.ts";
import { takePlace } from "../../db/queries/ghosts.ts";
import { leaveRoom, standingsOf } from "../../db/queries/memberships.ts";
import { appendMessages } from "../../db/queries/append.ts";
import {
  deleteMessage,
  editMessage,
  findMessage,
  pageBefore,
  pageWithHead,
} from "../../db/queries/messages.ts";
import { Refused } from "../../db/queries/refused.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { testDatabase } from "../support/database.ts";
import { draft, makePeople, makeRooms } from "./people.ts";

async function makeClub(sql: Sql, owner: UserId, ...others: UserId[]): Promise<RoomId> {
  const slug = `club-${crypto.randomUUID()}`;
  const [room] = await sql<{ id: RoomId }[]>`
    insert into rooms (kind, name, slug, visibility) values ('slug', 'The Club', ${slug}, 'public') returning id`;
  const rows = [owner, ...others].map((user_id) => (
    { room_id: room!.id, user_id, role: user_id === owner ? "owner" : "member" }
  ));
  await sql`insert into memberships ${sql(rows)}`;
  return room!.id;
}

async function refusal(done: Promise<unknown>): Promise<Refused> {
  const error = await done.then(() => null, (why) => why);
  expect(error).toBeInstanceOf(Refused);
  return error;
}

Deno.test("the database itself takes no message of somebody who is not in the room", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [maya, tom] = await makePeople(sql, "Maya", "Tom");
  const [open] = await makeRooms(sql, 1);
  const club = await makeClub(sql, maya!);

  const alone = await refusal(appendMessages(sql, [draft(club, tom!, "let me in")]));
  expect([alone.reason, alone.whose]).toEqual(["stranger", [{ roomId: club, authorId: tom }]]);
  // Nothing of a mixed batch is written, and whose fault it is is said.
  const mixed = [draft(open!, tom!, "out here"), draft(club, maya!, "in here"), draft(club, tom!, "psst")];
  const error = await refusal(appendMessages(sql, mixed));
  expect(mixed.map((one) => error.concerns(one))).toEqual([false, false, true]);
  expect((await pageBefore(sql, club, { reader: maya!, limit: 9 })).messages).toEqual([]);
  await appendMessages(sql, mixed.slice(0, 2));

  await leaveRoom(sql, club, maya!);
  for (
    const change of [
      () => appendMessages(sql, [draft(club, maya!, "one more thing")]),
      () => editMessage(sql, { roomId: club, seq: 1, actorId: maya!, body: "changed" }),
      () => deleteMessage(sql, { roomId: club, seq: 1, actorId: maya! }),
    ]
  ) await refusal(change());
});

Deno.test("the database itself shows no history to somebody who is not in the room", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [maya, tom] = await makePeople(sql, "Maya", "Tom");
  const club = await makeClub(sql, maya!);
  await appendMessages(sql, [draft(club, maya!, "between us")]);
  for (const reader of [tom!, null]) {
    expect(await pageBefore(sql, club, { reader, limit: 9 })).toEqual({ messages: [], hasOlder: false });
    expect(await pageWithHead(sql, club, { reader, limit: 9 })).toMatchObject({ headSeq: 0, messages: [] });
  }
  expect(await pageWithHead(sql, club, { reader: maya!, limit: 9 })).toMatchObject({ headSeq: 1 });
});

Deno.test("no door lets in whoever is banned, not even a bare insert", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [maya, tom] = await makePeople(sql, "Maya", "Tom");
  const club = await makeClub(sql, maya!, tom!);
  await leaveRoom(sql, club, tom!);
  await sql`insert into room_bans (room_id, user_id, ends_at) values (${club}, ${tom!}, now() + interval '1 hour')`;
  await expect(sql`update memberships set left_at = null where user_id = ${tom!}`).rejects.toThrow("banned");
  await sql`delete from memberships where user_id = ${tom!}`;
  await expect(sql`insert into memberships (room_id, user_id) values (${club}, ${tom!})`).rejects.toThrow(
    "banned",
  );
  expect(await standingsOf(sql, [{ roomId: club, userId: tom! }])).toEqual([{ role: null, banned: true }]);
  await sql`update room_bans set ends_at = now() - interval '1 second'`;
  await sql`insert into memberships (room_id, user_id) values (${club}, ${tom!})`;
});

Deno.test("the longest-serving moderator follows when the owner leaves, and the room is archived when nobody is left", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [maya, tom, ana] = await makePeople(sql, "Maya", "Tom", "Ana");
  const club = await makeClub(sql, maya!, tom!, ana!);
  await sql`update memberships set role = 'moderator' where user_id = ${ana!}`;
  await leaveRoom(sql, club, maya!);
  const roles = () => standingsOf(sql, [maya!, tom!, ana!].map((userId) => ({ roomId: club, userId })));
  expect(await roles()).toEqual([{ role: null, former: "left" }, { role: "member" }, { role: "owner" }]);
  await leaveRoom(sql, club, ana!);
  await leaveRoom(sql, club, tom!);
  expect(await sql`select archived_at is not null as archived from rooms where id = ${club}`).toMatchObject([
    { archived: true },
  ]);
  const { reason } = await refusal(appendMessages(sql, [draft(club, maya!, "hello?")]));
  expect(reason).toBe("over");
});

Deno.test("no room has two owners, even when two are made at once", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [maya, tom] = await makePeople(sql, "Maya", "Tom");
  const club = await makeClub(sql, maya!, tom!);
  await expect(sql`update memberships set role = 'owner' where user_id = ${tom!}`).rejects.toThrow(
    "one_owner",
  );
  expect(club).toBeTruthy();
});

Deno.test("a ghost room over its time takes and shows nothing more", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [room] = await sql<{ id: RoomId }[]>`
    insert into rooms (kind, name, token_hash, capacity, ends_at)
    values ('ghost', '', '\\x01', 2, now() + interval '1 hour') returning id`;
  const rows = ["Ash", "Birch", "Cedar", "ash"].map((name) => (
    { tier: "ghost", name, age_category: "_18PLUS", home_room: room!.id }
  ));
  const ghosts = (await sql<{ id: UserId }[]>`insert into users ${sql(rows)} returning id`).map(({ id }) =>
    id
  );
  const places = [];
  for (const ghost of ghosts) places.push(await takePlace(sql, room!.id, ghost, 30));
  expect(places).toEqual(["ok", "ok", "full", "taken"]);
  const [ash] = await sql<{ user_id: UserId }[]>`select user_id from memberships limit 1`;
  await appendMessages(sql, [draft(room!.id, ash!.user_id, "boo")]);
  await sql`update rooms set ends_at = now() - interval '1 second'`;
  const { reason } = await refusal(appendMessages(sql, [draft(room!.id, ash!.user_id, "boo")]));
  expect(reason).toBe("over");
  expect((await pageBefore(sql, room!.id, { reader: ash!.user_id, limit: 9 })).messages).toEqual([]);
});

Deno.test("mentions and files are kept with their message, once, when it is sent twice", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [maya, tom] = await makePeople(sql, "Maya", "Tom");
  const [room] = await makeRooms(sql, 1);
  const file = { id: crypto.randomUUID(), name: "map.pdf", type: "application/pdf", size: 7 };
  const named = { ...draft(room!, maya!, "@tom look"), mentions: [tom!], attachments: [file] };
  await appendMessages(sql, [draft(room!, tom!, "hm"), named]);
  await appendMessages(sql, [named]);
  expect(await sql`select user_id, seq from mentions`).toEqual([{ user_id: tom, seq: "2" }]);
  expect((await findMessage(sql, room!, 2))!.attachments).toEqual([
    { ...file, url: `/files/rooms/${room}/${file.id}` },
  ]);
  await deleteMessage(sql, { roomId: room!, seq: 2, actorId: maya! });
  expect((await findMessage(sql, room!, 2))!.attachments).toEqual([]);
});
