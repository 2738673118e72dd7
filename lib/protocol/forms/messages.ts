import { z } from "zod";
import { bodyBesideFiles, clientId } from "../frames.ts";
import { messageId } from "../id_schemas.ts";
import { HISTORY_PAGE } from "../limits.ts";

/** Query of `GET /api/chatroom/rooms/:roomId/messages`. */
export const historyQuery = z.strictObject({
  /** Messages before this seq, or after that one; without either, the newest. */
  cursor: z.coerce.number().int().positive().optional(),
  after: z.coerce.number().int().nonnegative().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(HISTORY_PAGE),
}).refine(({ cursor, after }) => cursor === undefined || after === undefined, {
  path: ["after"],
  message: "Ask for messages before one place or after another, not both.",
});

/** The composer's form. An empty `replyTo` is none; whether something must be said depends on the files beside it. */
export const postForm = z.strictObject({
  clientId,
  body: bodyBesideFiles,
  replyTo: z.preprocess((value) => value === "" ? undefined : value, messageId.optional()),
});
