/** Fields that several forms of accounts share. A form sends text for everything, and empty text for nothing. */
import { z } from "zod";
import { canonicalLanguage } from "../languages.ts";

export const PASSWORD_MIN_CHARACTERS = 8;
/** bcrypt reads no further. Cutting a password short in silence would make two passwords the same. */
export const PASSWORD_MAX_BYTES = 72;
export const USERNAME_MIN = 3;
export const USERNAME_MAX = 20;
/** RFC 5321, 4.5.3.1.3. */
const EMAIL_MAX = 254;

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** Addresses are kept in small letters: no mail service of today tells them apart. */
export const email = z.string("Enter your e-mail address.").trim().toLowerCase()
  .max(EMAIL_MAX, "That address is too long.").pipe(z.email("That does not look like an e-mail address."));

/** As typed; the server brings it to E.164. */
export const phoneNumber = z.string("Enter your phone number.").trim().min(1, "Enter your phone number.")
  .max(40, "That is too long for a phone number.");

/** Words that could pass for somebody else's. */
const RESERVED = new Set(
  ("admin administrator everyone here me moderator mod null parley root staff support system undefined")
    .split(" "),
);

export const username = z.string("Choose a username.").trim()
  .min(USERNAME_MIN, `Use at least ${USERNAME_MIN} characters.`).max(
    USERNAME_MAX,
    `Use at most ${USERNAME_MAX} characters.`,
  )
  .regex(/^[A-Za-z0-9_]+$/, "Use letters from A to Z, digits and underscores.")
  .regex(/[A-Za-z]/, "Use at least one letter.")
  .refine((name) => !RESERVED.has(name.toLowerCase()), "That name is kept for the house.");

/** What somebody proves themselves with. The same keys give the same text on every system (RFC 8265). */
export const password = z.string("Enter your password.").min(1, "Enter your password.").max(
  1000,
  "That is too long.",
)
  .normalize("NFC");

export const newPassword = z.string("Choose a password.").normalize("NFC")
  .refine(
    (text) => [...text].length >= PASSWORD_MIN_CHARACTERS,
    `Use at least ${PASSWORD_MIN_CHARACTERS} characters.`,
  )
  .refine(
    (text) => bytesOf(text) <= PASSWORD_MAX_BYTES,
    `That is too long: at most ${PASSWORD_MAX_BYTES} bytes, which is as many plain letters, and fewer in other scripts.`,
  );

export const birthYear = z.coerce.number("Enter the year you were born.").int("Enter the year you were born.")
  .min(1900, "Enter the year you were born.").max(2100, "Enter the year you were born.");

/** A checkbox, or a boolean of JSON. */
export const choice = z.preprocess(
  (value) => value === "on" || value === "true" ? true : value === "" || value === "false" ? false : value,
  z.boolean().default(false),
);

/** Six digits, however they were spaced. */
export const code = z.string("Enter the code.").transform((text) => text.replaceAll(/[\s-]/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "The code has six digits."));

/** BCP 47, in its canonical spelling. */
export const language = z.string("Choose a language.").trim().min(1, "Choose a language.").transform(
  (tag, context) => {
    const canonical = canonicalLanguage(tag);
    if (canonical !== null) return canonical;
    context.addIssue("That is not a language we know.");
    return z.NEVER;
  },
);

/** What is left empty counts as not given. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => value === "" || value === null ? undefined : value, schema.optional());
}
