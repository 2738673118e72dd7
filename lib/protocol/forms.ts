/** Forms and REST bodies: one schema each, for the page, the endpoint and its documentation. */
import { z } from "zod";
import { clientId, messageBody } from "./frames.ts";
import { messageId } from "./ids.ts";
import { HISTORY_PAGE, NICKNAME_MAX, NICKNAME_MIN } from "./limits.ts";

/** Any script's letters and marks, digits, spaces, dot, dash, underscore; begins and ends with a visible one. */
const NICKNAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*[\p{L}\p{M}\p{N}._-]$/u;

export const nickname = z.string().trim().normalize("NFC")
  .refine((name) => {
    const length = [...name].length;
    return length >= NICKNAME_MIN && length <= NICKNAME_MAX && NICKNAME.test(name);
  }, `Use ${NICKNAME_MIN} to ${NICKNAME_MAX} letters, digits, spaces, dots, dashes or underscores.`);

export const ageCategory = z.enum(["_18PLUS", "_18PLUS_RED"], "Please say that you are 18 or older.");

/** `POST /api/auth/guest` and the guest form. Without a nickname one is made up. */
export const guestSignIn = z.strictObject({
  ageCategory,
  nickname: z.preprocess((value) => value === "" ? undefined : value, nickname.optional()),
});

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
