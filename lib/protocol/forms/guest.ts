import { z } from "zod";
import { NICKNAME_MAX, NICKNAME_MIN } from "../limits.ts";

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
