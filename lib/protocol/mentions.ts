import { MENTIONS_MAX } from "./limits.ts";

/** `@` and a username that is not part of a longer word, such as an e-mail address. */
const MENTION = /(?<![\p{L}\p{N}_@.])@([A-Za-z0-9_]{3,20})(?![\p{L}\p{N}_])/gu;

/** Whom a text names, by username in small letters, each once, at most `MENTIONS_MAX`. */
export function mentionedIn(text: string): string[] {
  if (!text.includes("@")) return [];
  const names = [...text.matchAll(MENTION)].map(([, name]) => name!.toLowerCase());
  return [...new Set(names)].slice(0, MENTIONS_MAX);
}
