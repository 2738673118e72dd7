/** What people say of themselves: one schema for the form, the REST body and the documentation. */
import { z } from "zod";
import type { UserId } from "../ids.ts";
import type { AgeRating } from "../types.ts";
import { birthYear, language, optional, username } from "./fields.ts";
import { ageCategory, nickname } from "./guest.ts";

export const BIO_MAX_CHARACTERS = 500;
const LANGUAGES_MAX = 10;

/** Line breaks are kept; nothing else that is invisible is. */
const bio = z.string().transform((text) =>
  text.toWellFormed().replaceAll(/\r\n?/g, "\n").trim().normalize("NFC")
)
  .refine((text) => !/[^\P{Cc}\n\t]/u.test(text), "Use letters, signs and line breaks only.")
  .refine((text) => [...text].length <= BIO_MAX_CHARACTERS, `Use at most ${BIO_MAX_CHARACTERS} characters.`);

/** An array, a field that comes several times, or one text: `en, pt-BR`. */
const languages = z.preprocess(
  (value) =>
    typeof value === "string"
      ? value.split(/[\s,]+/).filter(Boolean)
      : Array.isArray(value)
      ? value.filter((tag) => tag !== "")
      : value,
  z.array(language).transform((tags) => [...new Set(tags)])
    .refine((tags) => tags.length <= LANGUAGES_MAX, `Choose at most ${LANGUAGES_MAX} languages.`),
);

/** `PATCH /api/me/profile`. What is left out stays as it is. */
export const profileUpdate = z.strictObject({
  name: nickname.optional(),
  username: optional(username),
  bio: bio.optional(),
  languages: languages.optional(),
  ageCategory: ageCategory.optional(),
  /** Can be said once, by those who were never asked for it. */
  birthYear: optional(birthYear),
});
export type ProfileUpdate = z.output<typeof profileUpdate>;

/** `POST /api/me/blocks`: whom not to hear from, by either name. */
export const blockRequest = z.union([
  z.strictObject({
    userId: z.string().regex(/^[1-9]\d{0,17}$/, "must be a decimal id").transform((id) => id as UserId),
  }),
  z.strictObject({ username: z.string().trim().min(1).max(64) }),
], "Say whom: userId or username.");
export type BlockRequest = z.output<typeof blockRequest>;

/** An account as its owner sees it. Shape of `GET /api/me/profile`. */
export interface OwnProfile {
  name: string;
  username: string | null;
  bio: string;
  /** BCP 47. */
  languages: string[];
  ageCategory: AgeRating;
  birthYear: number | null;
  avatar?: string;
}

/** An account as others see it. */
export interface PublicProfile {
  id: UserId;
  username: string;
  name: string;
  bio: string;
  languages: string[];
  avatar?: string;
  /** ISO 8601. */
  joinedAt: string;
  /** Whether the viewer has blocked them. */
  blocked: boolean;
}

/** Somebody on one's block list. Shape of the items of `GET /api/me/blocks`. */
export interface BlockedPerson {
  id: UserId;
  name: string;
  username?: string;
  avatar?: string;
  /** ISO 8601. */
  blockedAt: string;
}
