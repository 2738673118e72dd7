/** Where a message stands in its room, for pages that open at it. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Message } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { messagesWhere, pageBefore } from "./messages.ts";

/**
 * How many messages there are from this one to the newest, itself among them; `most + 1` when there are more than
 * `most`, and 0 when there is no such message.
 */
export async function messagesFrom(
  sql: Queryable,
  roomId: RoomId,
  { seq, most }: { seq: number; most: number },
): Promise<number> {
  const [row] = await sql<{ count: number; there: boolean }[]>`
    select (select count(*)::int from (
        select from messages where room_id = ${roomId} and seq >= ${seq} limit ${most + 1}
      ) newer) as count,
      exists (select from messages where room_id = ${roomId} and seq = ${seq}) as there`;
  return row!.there ? row!.count : 0;
}

/** A page of history with the message at `seq` in its middle, oldest first. Empty for a reader who may not read the room. */
export async function pageAround(
  sql: Queryable,
  roomId: RoomId,
  { reader, seq, limit }: { reader: UserId | null; seq: number; limit: number },
): Promise<{ messages: Message[]; hasOlder: boolean }> {
  const half = Math.floor(limit / 2);
  const [last] = await sql<{ seq: string }[]>`
    select seq from (
      select seq from messages where room_id = ${roomId} and seq >= ${seq} order by seq limit ${half}
    ) newer order by seq desc limit 1`;
  return await pageBefore(sql, roomId, { reader, before: Number(last?.seq ?? seq) + 1, limit });
}

/** The page of history after a seq, oldest first. Empty for a reader who may not read the room. */
export async function pageAfter(
  sql: Queryable,
  roomId: RoomId,
  { reader, after, limit }: { reader: UserId | null; after: number; limit: number },
): Promise<{ messages: Message[]; hasNewer: boolean }> {
  const found = await messagesWhere(
    sql,
    sql`m.room_id = ${roomId} and m.seq > ${after} and may_read(${roomId}, ${reader})
      order by m.seq limit ${limit + 1}`,
  );
  return { messages: found.slice(0, limit), hasNewer: found.length > limit };
}
