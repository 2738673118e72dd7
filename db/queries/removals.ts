/** What was taken away, and how much of it: never what it was. */
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

/** One run of the clean-up, or the end of one ghost room. */
export interface Removal {
  /** ISO 8601, UTC. */
  at: string;
  what: "clean-up" | "ghost-room";
  roomId: RoomId | null;
  /** What → how many of it; bytes are bytes. */
  counts: Record<string, number>;
}

export async function recordRemoval(
  sql: Queryable,
  { at, what, roomId, counts }: Omit<Removal, "at"> & { at: Date },
): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into removals (at, what, room_id, counts) values (${at}, ${what}, ${roomId}, ${sql.json(counts)})
    returning id`;
  return row!.id;
}

/** Adds to the counts of a removal that is still going on. */
export async function addToRemoval(sql: Queryable, id: string, counts: Removal["counts"]): Promise<void> {
  await sql`
    update removals r set counts = r.counts || (
      select jsonb_object_agg(c.key, c.value::bigint + coalesce((r.counts ->> c.key)::bigint, 0))
      from jsonb_each_text(${sql.json(counts)}::jsonb) c
    ) where r.id = ${id}`;
}

/** The latest, newest first. */
export async function recentRemovals(sql: Queryable, limit = 100): Promise<Removal[]> {
  const rows = await sql<
    { at: Date; what: Removal["what"]; room_id: RoomId | null; counts: Removal["counts"] }[]
  >`select at, what, room_id, counts from removals order by at desc, id desc limit ${limit}`;
  return rows.map(({ at, what, room_id, counts }) => ({
    at: at.toISOString(),
    what,
    roomId: room_id,
    counts,
  }));
}

export async function removeOldRemovals(sql: Queryable, before: Date): Promise<number> {
  return (await sql`delete from removals where at < ${before}`).count;
}
