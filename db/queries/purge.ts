/** Taking a ghost room out of the database, in small steps: each may be done again, and none holds a lock for long. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable, Sql } from "../client.ts";
import { addToRemoval, recordRemoval } from "./removals.ts";

/** What hangs on a room, or on the ghosts who were in it, in an order that leaves nothing that names what is gone. */
const BELONGINGS = {
  revisions: { table: "message_revisions", by: "room_id" },
  messages: { table: "messages", by: "room_id" },
  events: { table: "room_events", by: "room_id" },
  mentions: { table: "mentions", by: "room_id" },
  readPointers: { table: "read_pointers", by: "room_id" },
  bans: { table: "room_bans", by: "room_id" },
  invites: { table: "room_invites", by: "room_id" },
  uploads: { table: "uploads", by: "room_id" },
  memberships: { table: "memberships", by: "room_id" },
  sessions: { table: "sessions", by: "ghost" },
  jobs: { table: "jobs", by: "ghost" },
  ghosts: { table: "users", by: "home_room" },
} as const;

export type Belonging = keyof typeof BELONGINGS;
export const BELONGING_NAMES = Object.keys(BELONGINGS) as Belonging[];

/**
 * Makes sure that a ghost room is over for everybody, and begins or goes on with the record of its removal.
 * @returns the record's id; `null` when there is nothing to be done: no such room, not over, or gone already
 */
export async function beginPurge(sql: Sql, roomId: RoomId, at: Date): Promise<string | null> {
  return await sql.begin(async (sql) => {
    // The key to close a room goes last: whoever still has one is not done. Nothing is written to a closed room.
    const [room] = await sql`
      update rooms set closed_at = coalesce(closed_at, ends_at)
      where id = ${roomId} and kind = 'ghost' and owner_key_hash is not null
        and (closed_at is not null or ends_at <= ${at})
      returning 1`;
    if (!room) return null;
    const [begun] = await sql<{ id: string }[]>`
      select id from removals where room_id = ${roomId} and what = 'ghost-room' limit 1`;
    return begun?.id ?? await recordRemoval(sql, { at, what: "ghost-room", roomId, counts: {} });
  });
}

/** Removes up to `limit` of something, and counts them. @returns how many there were */
export async function purgeSome(
  sql: Sql,
  { roomId, removal, what, limit }: { roomId: RoomId; removal: string; what: Belonging; limit: number },
): Promise<number> {
  const { table, by } = BELONGINGS[what];
  return await sql.begin(async (sql) => {
    const theirs = by === "ghost"
      ? sql`user_id in (select id from users where home_room = ${roomId})`
      : sql`${sql(by)} = ${roomId}`;
    const { count } = await sql`
      delete from ${sql(table)}
      where ctid = any (array(select ctid from ${sql(table)} where ${theirs} limit ${limit}))`;
    if (count > 0) await addToRemoval(sql, removal, { [what]: count });
    return count;
  });
}

/** The files' bytes are gone. */
export async function purgeFiles(
  sql: Sql,
  removal: string,
  files: { id: string; size: number }[],
): Promise<void> {
  await sql.begin(async (sql) => {
    const gone = await sql<{ size: string }[]>`
      delete from files where id = any (${files.map(({ id }) => id)}::uuid[]) returning size`;
    const bytes = gone.reduce((sum, { size }) => sum + Number(size), 0);
    await addToRemoval(sql, removal, { files: gone.count, bytes });
  });
}

/** Everybody who ever was in a ghost room, and their sessions. */
export async function ghostsOf(
  sql: Queryable,
  roomId: RoomId,
): Promise<{ ghosts: UserId[]; sessions: string[] }> {
  const ghosts = await sql<{ id: UserId }[]>`select id from users where home_room = ${roomId}`;
  const sessions = await sql<{ id: string }[]>`
    select s.id from sessions s join users u on u.id = s.user_id where u.home_room = ${roomId}`;
  return { ghosts: ghosts.map(({ id }) => id), sessions: sessions.map(({ id }) => id) };
}

/** What stays tells late visitors that the room is over, and nothing else. */
export async function finishPurge(sql: Queryable, roomId: RoomId): Promise<void> {
  await sql`
    update rooms set owner_key_hash = null, key_check = null, head_seq = 0 where id = ${roomId} and kind = 'ghost'`;
}

/** Ghost rooms that were over at `at` and are not gone, the longest over first. */
export async function overdueRooms(sql: Queryable, at: Date): Promise<RoomId[]> {
  const rows = await sql<{ id: RoomId }[]>`
    select id from rooms where kind = 'ghost' and owner_key_hash is not null
      and (closed_at <= ${at} or ends_at <= ${at}) order by ends_at`;
  return rows.map(({ id }) => id);
}

/** Removes the rows of rooms that went before then. */
export async function removeTombstones(sql: Queryable, before: Date): Promise<number> {
  const removed = await sql`
    delete from rooms where kind = 'ghost' and owner_key_hash is null and closed_at < ${before}`;
  return removed.count;
}

/** Removes invite links that were of no use any more before then. */
export async function removeOldInvites(sql: Queryable, before: Date): Promise<number> {
  const removed = await sql`
    delete from room_invites where expires_at < ${before} or revoked_at < ${before}
      or (uses >= max_uses and created_at < ${before})`;
  return removed.count;
}
