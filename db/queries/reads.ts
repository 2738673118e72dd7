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

/** Moves it forward, never back and never past the room's head, and returns where it stands then. */
export async function moveReadPointer(
  sql: Queryable,
  userId: UserId,
  roomId: RoomId,
  seq: number,
): Promise<number> {
  const [moved] = await sql<{ seq: string }[]>`
    insert into read_pointers as p (user_id, room_id, seq)
    select ${userId}::bigint, r.id, least(${seq}::bigint, r.head_seq) from rooms r where r.id = ${roomId}
    on conflict (user_id, room_id) do update set seq = excluded.seq, updated_at = now() where p.seq < excluded.seq
    returning p.seq`;
  return moved ? Number(moved.seq) : await readPointer(sql, userId, roomId);
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
