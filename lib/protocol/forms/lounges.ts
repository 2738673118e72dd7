/** Lounges and their language rooms, as admins make and change them. */
import { z } from "zod";
import type { LoungeId, RoomId } from "../ids.ts";
import type { AgeRating } from "../types.ts";
import { language, optional } from "./fields.ts";

export const LOUNGE_SLUG_MAX = 40;
export const LOUNGE_NAME_MAX = 40;
export const LOUNGE_TEXT_MAX = 200;
const POSITION_MAX = 9999;

/** Invisible signs, and those that turn the direction of all that follows. */
const UNSEEN = /[\p{Cc}\p{Cs}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;

/** Words on one line, with the spaces a reader sees. */
export function line(max: number) {
  return z.string().transform((text) => text.trim().replaceAll(/\s+/g, " ").normalize("NFC"))
    .refine((text) => !UNSEEN.test(text), "Use letters, signs and spaces only.")
    .refine((text) => [...text].length <= max, `Use at most ${max} characters.`);
}

const name = line(LOUNGE_NAME_MAX).refine((text) => text !== "", "Give it a name.");
const text = line(LOUNGE_TEXT_MAX);

/** Where an id may stand too, a slug must not look like one. */
export const loungeSlug = z.string("Choose an address.").trim().toLowerCase()
  .min(2, "Use at least 2 characters.").max(LOUNGE_SLUG_MAX, `Use at most ${LOUNGE_SLUG_MAX} characters.`)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use letters from a to z, digits, and dashes between them.")
  .regex(/[a-z]/, "Use at least one letter.");

const ageRating = z.enum(["_18PLUS", "_18PLUS_RED"], "Choose who may come in.");
const position = z.coerce.number("Use a whole number.").int("Use a whole number.")
  .min(1, "Places are counted from 1.").max(POSITION_MAX, `Use at most ${POSITION_MAX}.`);

/** `POST /api/admin/lounges`. Without a position it comes last. */
export const newLounge = z.strictObject({
  slug: loungeSlug,
  name,
  description: text.default(""),
  ageRating,
  position: optional(position),
});
export type NewLounge = z.output<typeof newLounge>;

/** `PATCH /api/admin/lounges/:loungeId`. What is left out stays as it is; the slug always does: links hold it. */
export const loungeChange = z.strictObject({
  name: name.optional(),
  description: text.optional(),
  ageRating: ageRating.optional(),
  position: optional(position),
  archived: z.boolean().optional(),
});
export type LoungeChange = z.output<typeof loungeChange>;

/** `POST /api/admin/lounges/:loungeId/rooms`. Without a name it is called as its language calls itself. */
export const newLanguageRoom = z.strictObject({
  language,
  name: optional(name),
  topic: text.default(""),
});
export type NewLanguageRoom = z.output<typeof newLanguageRoom>;

/** `PATCH /api/admin/rooms/:roomId`. What is left out stays as it is. */
export const languageRoomChange = z.strictObject({
  name: name.optional(),
  topic: text.optional(),
  archived: z.boolean().optional(),
});
export type LanguageRoomChange = z.output<typeof languageRoomChange>;

/** A lounge as admins see it. */
export interface AdminLounge {
  id: LoungeId;
  slug: string;
  name: string;
  description: string;
  ageRating: AgeRating;
  /** Lounges stand in this order. */
  position: number;
  archived: boolean;
  rooms: AdminLanguageRoom[];
}

export interface AdminLanguageRoom {
  id: RoomId;
  /** BCP 47. */
  language: string;
  name: string;
  topic: string;
  dir: "ltr" | "rtl";
  /** Closed by itself; in an archived lounge every room is closed. */
  archived: boolean;
  /** People in it now, over all isolates. */
  online: number;
}
