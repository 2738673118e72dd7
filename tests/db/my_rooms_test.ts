import { expect } from "expect";
import type { Sql } from "../../db/client.ts";
import { appendMessages } from "../../db/queries/append.ts";
import { deleteMessage } from "../../db/queries/messages.ts";
import { roomsOf } from "../../db/queries/my_rooms.ts";
import { moveReadPointer } from "../../db/queries/reads.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { testDatabase } from "../support/database.ts";
import { draft, makePeople } from "./people.ts";

async function makeLanguageRooms(sql: Sql, ...languages: string[]): Promise<RoomId[]> {
  const [lounge] = await sql<{ id: string }[]>`
    insert into lounges (slug, name, age_rating, position) values ('quay', 'The Quay', '_18PLUS', 1) returning id`;
  const rows = await sql<{ id: RoomId }[]>`
    insert into rooms (kind, lounge_id, language, name)
    select 'language', ${
    lounge!.id
  }, l, upper(l) from unnest(${languages}::text[]) with ordinality as t (l, n)
    order by n returning id`;
  return rows.map(({ id }) => id);
}

Deno.test("my rooms are those I read or wrote in, the latest activity first, with what is new since", async () => {
  const database = await testDatabase();
  const { sql } = database;
  const [read, written, never] = await makeLanguageRooms(sql, "en", "ar", "fr");
  const [maya, tom] = await makePeople(sql, "Maya", "Tom");
  const say = (room: RoomId, who = tom!, body = "hello") => appendMessages(sql, [draft(room, who, body)]);

  await say(read!);
  await moveReadPointer(sql, maya!, read!, 1);
  await say(read!);
  await say(read!, tom!, "the last words");
  await say(never!);
  await say(written!, maya!, "mine");
  await say(written!);

  expect(await roomsOf(sql, maya!)).toMatchObject([
    {
      id: written,
      headSeq: 2,
      readSeq: 1,
      unread: 1,
      dir: "rtl",
      last: { author: { id: tom, name: "Tom" }, body: "hello" },
    },
    {
      id: read,
      headSeq: 3,
      readSeq: 1,
      unread: 2,
      name: "EN",
      lounge: { slug: "quay" },
      last: { body: "the last words" },
    },
  ]);
  await moveReadPointer(sql, maya!, written!, 2);
  await moveReadPointer(sql, maya!, read!, 3);
  expect((await roomsOf(sql, maya!)).map(({ unread }) => unread)).toEqual([0, 0]);
  await database.drop();
});

Deno.test("deleted words are not shown again among my rooms", async () => {
  const database = await testDatabase();
  const { sql } = database;
  const [room] = await makeLanguageRooms(sql, "en");
  const [maya] = await makePeople(sql, "Maya");
  await appendMessages(sql, [draft(room!, maya!, "a secret")]);
  await deleteMessage(sql, { roomId: room!, seq: 1, actorId: maya! });
  const [mine] = await roomsOf(sql, maya!);
  expect(mine!.last).toMatchObject({ deletedAt: expect.any(String), body: "", attachments: [] });
  await database.drop();
});
