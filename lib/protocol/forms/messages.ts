import { z } from "zod";
import { clientId, messageBody } from "../frames.ts";
import { messageId } from "../ids.ts";
import { HISTORY_PAGE } from "../limits.ts";

/** Query of `GET /api/chatroom/rooms/:roomId/messages`. */
export const historyQuery = z.strictObject({
  cursor: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(HISTORY_PAGE),
});

/** The composer's form. An empty `replyTo` is none. */
export const postForm = z.strictObject({
  clientId,
  body: messageBody,
  replyTo: z.preprocess((value) => value === "" ? undefined : value, messageId.optional()),
});
