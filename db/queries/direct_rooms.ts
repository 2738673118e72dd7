/** Rooms of two to eight people who write to each other. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

/** The same people always meet in the same room: their ids in order. */
function keyOf(people: readonly UserId[]): string {
  return [...people].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).join(",");
}

export async function findDirectRoom(sql: Queryable, people: readonly UserId[]): Promise<RoomId | null> {
  const [row] = await sql<{ id: RoomId }[]>`select id from rooms where direct_key = ${keyOf(people)}`;
  return row?.id ?? null;
}

/** Of two who make the same room at once, one makes it. The first of `people` is its creator. */
export async function createDirectRoom(
  sql: Queryable,
  people: readonly UserId[],
): Promise<{ id: RoomId; created: boolean }> {
  const key = keyOf(people);
  const [made] = await sql<{ id: RoomId }[]>`
    with made as (
      insert into rooms (kind, name, direct_key, creator_id) values ('direct', '', ${key}, ${people[0]!})
      on conflict do nothing returning id
    ), members as (
      insert into memberships (room_id, user_id) select made.id, p from made, unnest(${people as UserId[]}::bigint[]) p
    )
    select id from made`;
  return made ? { id: made.id, created: true } : { id: (await findDirectRoom(sql, people))!, created: false };
}

/** Accounts that can be written to, by id or username. Whoever is not among them cannot. */
export async function findAddressees(
  sql: Queryable,
  { userIds, usernames }: { userIds: UserId[]; usernames: string[] },
): Promise<{ id: UserId; username: string | null }[]> {
  return await sql<{ id: UserId; username: string | null }[]>`
    select id, username from users where tier = 'member' and erased_at is null
      and (id = any (${userIds}::bigint[]) or lower(username) = any (${
    usernames.map((name) => name.toLowerCase())
  }::text[]))
    order by id`;
}

/** Those of `others` who have blocked `userId`, or are blocked by them. */
export async function blockedBetween(sql: Queryable, userId: UserId, others: UserId[]): Promise<UserId[]> {
  const rows = await sql<{ id: UserId }[]>`
    select o as id from unnest(${others}::bigint[]) o where exists (
      select from blocks b where (b.user_id = ${userId} and b.blocked_id = o)
        or (b.user_id = o and b.blocked_id = ${userId}))`;
  return rows.map(({ id }) => id);
}
