/** What a message costs in a room where it concerns nobody: the rows that Postgres touches, which no busy machine changes. */
import { expect } from "expect";
import { arrangeLooks, type Said } from "../../db/queries/notices.ts";
import { createGuest } from "../../db/queries/users.ts";
import type { Sql } from "../../db/client.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { testDatabase } from "../support/database.ts";

const CROWD = 1_000;
const WATCHED = [
  "memberships",
  "messages",
  "mentions",
  "notices",
  "notification_settings",
  "push_subscriptions",
  "room_levels",
  "room_listeners",
  "users",
];

/** A room with a thousand members, each of whom has a device and wants to be told of what concerns them. */
async function crowdedRoom(sql: Sql): Promise<{ roomId: RoomId; people: UserId[] }> {
  const people = await sql<{ id: UserId }[]>`
    insert into users (tier, name, age_category, username)
    select 'member', 'p' || n, '_18PLUS', 'p' || n from generate_series(1, ${CROWD}::int) n returning id`;
  const ids = people.map(({ id }) => id);
  const [room] = await sql<{ id: RoomId }[]>`
    insert into rooms (kind, name, slug, visibility) values ('slug', 'Crowd', 'crowd', 'public') returning id`;
  await sql`insert into memberships (room_id, user_id) select ${room!.id}, u from unnest(${ids}::bigint[]) u`;
  await sql`
    insert into sessions (id, user_id, refresh_hash, expires_at, persistent)
    select gen_random_uuid(), u, '', now() + interval '1 day', true from unnest(${ids}::bigint[]) u`;
  await sql`
    insert into push_subscriptions (id, user_id, session_id, endpoint_hash, subscription_sealed, created_at)
    select gen_random_uuid(), s.user_id, s.id, s.user_id::text::bytea, '', now() from sessions s`;
  await sql`analyze`;
  return { roomId: room!.id, people: ids };
}

/** Runs it, and counts the rows that it has read and written, of all tables that notifications know. */
async function rowsTouched(sql: Sql, work: (sql: Sql) => Promise<unknown>): Promise<number> {
  return await sql.begin(async (transaction) => {
    const count = async () => {
      const [row] = await transaction<{ rows: number }[]>`
        select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) + n_tup_ins + n_tup_upd)::int as rows
        from pg_stat_xact_user_tables where relname = any (${WATCHED})`;
      return row!.rows;
    };
    const before = await count();
    await work(transaction as unknown as Sql);
    return await count() - before;
  }) as number;
}

const said = (roomId: RoomId, more: Partial<Said> = {}): Said => ({
  roomId,
  firstSeq: 1,
  lastSeq: 1,
  author: null,
  named: [],
  answered: [],
  ...more,
});
const when = { due: new Date(), stuckBefore: new Date(0) };

Deno.test("a plain message costs no work when a thousand members only want what concerns them", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const { roomId, people } = await crowdedRoom(sql);
  expect(await rowsTouched(sql, (sql) => arrangeLooks(sql, [said(roomId)], when))).toBe(0);
  expect(await sql`select 1 from notices`).toHaveLength(0);
  const named = [people[0]!];
  const touched = await rowsTouched(sql, (sql) => arrangeLooks(sql, [said(roomId, { named })], when));
  expect(touched).toBeGreaterThan(0);
  expect(touched).toBeLessThan(10);
});

Deno.test("one query asks about all rooms in which something was said, and finds the one that matters", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const { roomId, people } = await crowdedRoom(sql);
  await sql`insert into room_levels (user_id, room_id, level) values (${people[0]!}, ${roomId}, 'all')`;
  const others = Array.from({ length: 500 }, (_, index) => said(`${900_000 + index}` as RoomId));
  const arranged: RoomId[] = [];
  const touched = await rowsTouched(sql, async (sql) => {
    arranged.push(...await arrangeLooks(sql, [...others, said(roomId)], when));
  });
  expect(arranged).toEqual([roomId]);
  expect(touched).toBeLessThan(10);
});

Deno.test("who listens follows from levels, rooms and devices, whichever of them changes", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const { roomId, people: [ann, ben] } = await crowdedRoom(sql);
  const listeners = async () =>
    (await sql<{ user_id: UserId }[]>`select user_id from room_listeners order by user_id`).map((
      { user_id },
    ) => user_id);
  expect(await listeners()).toEqual([]);
  await sql`insert into notification_settings (user_id, rooms_level) values (${ann!}, 'all')`;
  await sql`insert into room_levels (user_id, room_id, level) values (${ben!}, ${roomId}, 'all')`;
  expect(await listeners()).toEqual([ann, ben]);
  await sql`insert into room_levels (user_id, room_id, level) values (${ann!}, ${roomId}, 'mentions')`;
  expect(await listeners()).toEqual([ben]);
  await sql`delete from room_levels where user_id = ${ann!}`;
  await sql`update memberships set left_at = now() where user_id = ${ben!}`;
  expect(await listeners()).toEqual([ann]);
  await sql`update memberships set left_at = null where user_id = ${ben!}`;
  expect(await listeners()).toEqual([ann, ben]);
  await sql`update sessions set revoked_at = now() where user_id = ${ann!}`;
  expect(await listeners()).toEqual([ben]);
  await sql`delete from users where id = ${ben!}`;
  expect(await listeners()).toEqual([]);
  const guest = await createGuest(sql, { name: "Gus", ageCategory: "_18PLUS", expiresAt: new Date() });
  await sql`insert into memberships (room_id, user_id) values (${roomId}, ${guest.id})`;
  expect(await listeners()).toEqual([]);
});
