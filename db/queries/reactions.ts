/** What people put under messages, and which of them they keep at hand. */
import postgres from "postgres";
import type { MessagePinned, ReactionChanged } from "../../lib/protocol/events.ts";
import { messageIdOf, type RoomId, type UserId } from "../../lib/protocol/ids.ts";
import { PINS_MAX, REACTIONS_MAX } from "../../lib/protocol/limits.ts";
import type { Message } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { messagesWhere } from "./messages.ts";
import { sayingWhose } from "./refused.ts";

/** There are as many different reactions under this message, or pinned messages in this room, as there may be. */
export class TooMany extends Error {
  override name = "TooMany";
}

/** `null` when it was so already, or there is no such message. The caller has checked that the actor may. @throws Refused, TooMany */
export async function react(
  sql: Queryable,
  { roomId, seq, userId, emoji, on }: {
    roomId: RoomId;
    seq: number;
    userId: UserId;
    emoji: string;
    on: boolean;
  },
): Promise<ReactionChanged | null> {
  const [row] = await sql<Logged[]>`
    select seq, at from react(${roomId}, ${seq}, ${userId}, ${emoji}, ${on}, ${REACTIONS_MAX})`.catch(
    sayingWhy,
  );
  return row ? { type: "reaction", ...logged(roomId, seq, row), emoji, userId, on } : null;
}

/** As {@link react}. */
export async function pinMessage(
  sql: Queryable,
  { roomId, seq, userId, on }: { roomId: RoomId; seq: number; userId: UserId; on: boolean },
): Promise<MessagePinned | null> {
  const [row] = await sql<Logged[]>`
    select seq, at from pin_message(${roomId}, ${seq}, ${userId}, ${on}, ${PINS_MAX})`.catch(sayingWhy);
  return row ? { type: "message_pinned", ...logged(roomId, seq, row), userId, on } : null;
}

/** The newest pin first. Empty for a reader who may not read the room. */
export async function pinnedIn(sql: Queryable, roomId: RoomId, reader: UserId | null): Promise<Message[]> {
  return await messagesWhere(
    sql,
    sql`m.room_id = ${roomId} and may_read(${roomId}, ${reader})
      and exists (select from pins p where p.room_id = m.room_id and p.seq = m.seq)
      order by pinned_at desc, m.seq desc`,
  );
}

interface Logged {
  seq: string;
  at: Date;
}

function logged(roomId: RoomId, target: number, { seq, at }: Logged) {
  return { roomId, seq: Number(seq), messageId: messageIdOf(roomId, target), at: at.toISOString() };
}

function sayingWhy(error: unknown): never {
  if (error instanceof postgres.PostgresError && error.code === "PR429") throw new TooMany();
  return sayingWhose(error);
}
