/** Who is in which room, and what they may do there. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Member, RoomRole, Standing } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { type PersonRow, toPeople } from "./rooms.ts";
import { sqlState } from "./sqlstate.ts";

/** What somebody is to a room; a stranger's standing when there is no such room either. */
export async function standingOf(sql: Queryable, roomId: RoomId, userId: UserId): Promise<Standing> {
  const [standing] = await standingsOf(sql, [{ roomId, userId }]);
  return standing!;
}

/** As {@link standingOf}, in the order of the pairs. */
export async function standingsOf(
  sql: Queryable,
  pairs: { roomId: RoomId; userId: UserId }[],
): Promise<Standing[]> {
  const rows = await sql<
    { role: RoomRole | null; former: Standing["former"] | null; banned: boolean; blocked: boolean }[]
  >`
    select case when m.left_at is null then m.role end as role, 
      case when m.left_at is not null then case when m.kicked then 'kicked' else 'left' end end as former,
      is_banned(p.room_id, p.user_id) as banned,
      r.kind = 'direct' and cardinality(string_to_array(r.direct_key, ',')) = 2 and exists (
        select from blocks b join memberships o on o.room_id = p.room_id and o.user_id <> p.user_id
        where (b.user_id = p.user_id and b.blocked_id = o.user_id)
          or (b.user_id = o.user_id and b.blocked_id = p.user_id)
      ) as blocked
    from unnest(${pairs.map(({ roomId }) => roomId)}::bigint[], ${
    pairs.map(({ userId }) => userId)
  }::bigint[])
      with ordinality as p (room_id, user_id, ord)
    left join rooms r on r.id = p.room_id
    left join memberships m on m.room_id = p.room_id and m.user_id = p.user_id
    order by p.ord`;
  return rows.map(({ role, former, banned, blocked }) => ({
    role,
    ...(former && { former }),
    ...(banned && { banned }),
    ...(blocked && { blocked }),
  }));
}

/** They are kept out of this room by a ban. */
export class Banned extends Error {
  override name = "Banned";
}

/**
 * Makes somebody a member; who is one already keeps their role. Says whether they came in by this.
 * @throws Banned
 */
export async function joinRoom(sql: Queryable, roomId: RoomId, userId: UserId): Promise<boolean> {
  const joined = await sql`
    insert into memberships as m (room_id, user_id) values (${roomId}, ${userId})
    on conflict (room_id, user_id) do update
      set left_at = null, kicked = false, role = 'member', joined_at = now() where m.left_at is not null`
    .catch((error) => {
      throw sqlState(error) === "PR403" ? new Banned() : error;
    });
  return joined.count === 1;
}

/** True when they were in it. An owner's place goes to the next; a slug or password room left by all is archived. */
export async function leaveRoom(sql: Queryable, roomId: RoomId, userId: UserId): Promise<boolean> {
  const [row] = await sql<{ left: boolean }[]>`select leave_room(${roomId}, ${userId}) as left`;
  return row!.left;
}

/** The rooms they are in, of every kind but lounges. */
export async function roomsJoinedBy(sql: Queryable, userId: UserId): Promise<RoomId[]> {
  const rows = await sql<{ room_id: RoomId }[]>`
    select room_id from memberships where user_id = ${userId} and left_at is null order by room_id`;
  return rows.map((row) => row.room_id);
}

/**
 * Holds a room's row until the transaction ends, so that who is in it, and as what, changes for one at a time. What was
 * read before may be old by now.
 */
export async function lockRoom(sql: Queryable, roomId: RoomId): Promise<void> {
  await sql`select 1 from rooms where id = ${roomId} for update`;
}

/** Sends somebody out; they may come back the way they came. False when they were not in it. */
export async function sendOut(sql: Queryable, roomId: RoomId, userId: UserId): Promise<boolean> {
  const gone = await sql`
    update memberships set left_at = now(), kicked = true, role = 'member', last_seen_at = null
    where room_id = ${roomId} and user_id = ${userId} and left_at is null`;
  return gone.count === 1;
}

/** Of somebody who is in the room. There is one owner: see {@link handOver}. */
export async function setRole(sql: Queryable, roomId: RoomId, userId: UserId, role: "moderator" | "member") {
  await sql`
    update memberships set role = ${role} where room_id = ${roomId} and user_id = ${userId} and left_at is null`;
}

/** The owner becomes a moderator, and somebody else who is in the room the owner. */
export async function handOver(sql: Queryable, roomId: RoomId, userId: UserId): Promise<void> {
  // One after the other: at no moment may there be two.
  await sql`
    update memberships set role = 'moderator' where room_id = ${roomId} and role = 'owner' and left_at is null`;
  await sql`
    update memberships set role = 'owner' where room_id = ${roomId} and user_id = ${userId} and left_at is null`;
}

export async function countMembers(sql: Queryable, roomId: RoomId): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from memberships where room_id = ${roomId} and left_at is null`;
  return row!.count;
}

/** The owner first, then moderators, then by name. */
export async function membersOf(sql: Queryable, roomId: RoomId, limit: number): Promise<Member[]> {
  const rows = await sql<(PersonRow & { role: RoomRole; joined_at: Date })[]>`
    select u.id, u.name, u.username, u.avatar, m.role, m.joined_at
    from memberships m join users u on u.id = m.user_id
    where m.room_id = ${roomId} and m.left_at is null
    order by array_position(array['owner', 'moderator', 'member'], m.role), lower(u.name), u.id limit ${limit}`;
  const people = toPeople(rows);
  return rows.map(({ role, joined_at }, index) => ({
    ...people[index]!,
    role,
    joinedAt: joined_at.toISOString(),
  }));
}
