/** Messages and what answers them. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Message } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { messagesWhere } from "./messages.ts";

/** Answers shown of one thread, the oldest. */
const THREAD_MAX = 500;
/** Answers to answers to answers …: how far up and down a thread is followed. */
const DEPTH = 100;

/**
 * The thread that a message belongs to: the message that began it, then all that answers it or its answers, oldest
 * first. Empty where there is no such message that the reader may read.
 */
export async function threadOf(
  sql: Queryable,
  roomId: RoomId,
  seq: number,
  reader: UserId | null,
): Promise<Message[]> {
  return await messagesWhere(
    sql,
    sql`m.room_id = ${roomId} and may_read(${roomId}, ${reader}) and m.seq in (
      with recursive up as (
        select n.seq, n.reply_to_seq, 1 as depth from messages n where n.room_id = ${roomId} and n.seq = ${seq}
        union all
        select n.seq, n.reply_to_seq, up.depth + 1 from up join messages n
          on n.room_id = ${roomId} and n.seq = up.reply_to_seq where up.depth < ${DEPTH}
      ), down as (
        select min(seq) as seq, 1 as depth from up
        union all
        select n.seq, down.depth + 1 from down join messages n
          on n.room_id = ${roomId} and n.reply_to_seq = down.seq where down.depth < ${DEPTH}
      )
      select seq from down
    ) order by m.seq limit ${THREAD_MAX}`,
  );
}
