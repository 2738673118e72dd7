/** Read pointers: how far somebody has read in a room. Unread = the room's head − the pointer. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

export interface ReadPointer {
  userId: UserId;
  roomId: RoomId;
  seq: number;
  /** ISO 8601, UTC. */
  updatedAt: string;
}

/** 0 when nothing was read yet. */
export async function readPointer(sql: Queryable, userId: UserId, roomId: RoomId): Promise<number> {
  const [row] = await sql<{ seq: string }[]>`
    select seq from read_pointers where user_id = ${userId} and room_id = ${roomId}`;
  return Number(row?.seq ?? 0);
}

/** Where a pointer stands once it was moved. */
export interface MovedPointer {
  seq: number;
  /** It passed messages that name its owner, and others after it are still new: how many of those do is to be counted. */
  passedSome: boolean;
}

/** Moves it forward, never back and never past the room's head. */
export async function moveReadPointer(
  sql: Queryable,
  userId: UserId,
  roomId: RoomId,
  seq: number,
): Promise<MovedPointer> {
  const [moved] = await sql<{ seq: string; passed_some: boolean }[]>`
    with was as (
      select seq from read_pointers where user_id = ${userId} and room_id = ${roomId}
    ), moved as (
      insert into read_pointers as p (user_id, room_id, seq)
      select ${userId}::bigint, r.id, least(${seq}::bigint, r.head_seq) from rooms r where r.id = ${roomId}
      on conflict (user_id, room_id) do update set seq = excluded.seq, updated_at = now()
        where p.seq < excluded.seq
      returning p.seq
    )
    select moved.seq, moved.seq < r.head_seq and exists (
      select from mentions n where n.user_id = ${userId} and n.room_id = r.id
        and n.seq > coalesce((select seq from was), 0) and n.seq <= moved.seq
    ) as passed_some
    from moved, rooms r where r.id = ${roomId}`;
  if (moved) return { seq: Number(moved.seq), passedSome: moved.passed_some };
  return { seq: await readPointer(sql, userId, roomId), passedSome: false };
}

/**
 * Moves it back, never forward. Its time stays as it was: it tells other sockets how far was read, and nothing was.
 */
export async function moveReadPointerBack(
  sql: Queryable,
  userId: UserId,
  roomId: RoomId,
  seq: number,
): Promise<void> {
  await sql`
    update read_pointers set seq = ${seq}::bigint
    where user_id = ${userId} and room_id = ${roomId} and seq > ${seq}::bigint`;
}

/**
 * Pointers of these people that moved after `since` (ISO 8601). What is committing just now bears a slightly
 * earlier time, so ask from a little before you last asked; a pointer seen twice does no harm.
 */
export async function pointersMovedSince(
  sql: Queryable,
  userIds: UserId[],
  since: string,
): Promise<ReadPointer[]> {
  const rows = await sql<{ user_id: UserId; room_id: RoomId; seq: string; updated_at: Date }[]>`
    select user_id, room_id, seq, updated_at from read_pointers
    where user_id = any (${userIds}::bigint[]) and updated_at > ${since}
    order by updated_at`;
  return rows.map((row) => ({
    userId: row.user_id,
    roomId: row.room_id,
    seq: Number(row.seq),
    updatedAt: row.updated_at.toISOString(),
  }));
}
