/** What messages said before they were edited. */
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

/** A former wording, and until when it stood. */
export interface Revision {
  body: string;
  /** ISO 8601, UTC. */
  replacedAt: string;
}

/** Oldest first. */
export async function revisionsOf(sql: Queryable, roomId: RoomId, seq: number): Promise<Revision[]> {
  const rows = await sql<{ body: string; replaced_at: Date }[]>`
    select body, replaced_at from message_revisions where room_id = ${roomId} and seq = ${seq} order by replaced_at`;
  return rows.map(({ body, replaced_at }) => ({ body, replacedAt: replaced_at.toISOString() }));
}
