import { readAmong } from "../../db/queries/notices.ts";
import { type MessageId, messageIdOf, partsOf } from "../protocol/ids.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";

/** Those of the messages that a device shows notifications of which were read meanwhile, on this device or another. */
export async function readByNow(
  { sql }: Services,
  { id }: Viewer,
  messages: MessageId[],
): Promise<MessageId[]> {
  if (messages.length === 0) return [];
  return (await readAmong(sql, id, messages.map(partsOf))).map(({ roomId, seq }) => messageIdOf(roomId, seq));
}
