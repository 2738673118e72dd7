import type { Queryable } from "../../db/client.ts";
import { appendMessages } from "../../db/queries/append.ts";
import type { NewMessage } from "../protocol/events.ts";
import { messageIdOf, type RoomId, type UserId } from "../protocol/ids.ts";

/**
 * The house says something in a room, in the transaction that it speaks of: it is said exactly when that has happened.
 * The caller announces the event once the transaction is committed.
 *
 * @param about whom the words name: they go when one of these people's account is erased
 * @throws Refused in a room that is over
 */
export async function houseSays(
  sql: Queryable,
  roomId: RoomId,
  body: string,
  about: readonly UserId[],
): Promise<NewMessage> {
  const clientId = `house:${about.join(",")}:${crypto.randomUUID()}`;
  const [placed] = await appendMessages(sql, [{ roomId, authorId: null, clientId, kind: "SYSTEM", body }]);
  const { seq, createdAt } = placed!;
  const id = messageIdOf(roomId, seq);
  const message = {
    id,
    seq,
    clientId,
    kind: "SYSTEM",
    body,
    author: null,
    createdAt,
    attachments: [],
  } as const;
  return { type: "new_message", roomId, seq, message: { ...message, attachments: [] } };
}
