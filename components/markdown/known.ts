import type { Emoji } from "../../lib/protocol/markdown/plain_text.ts";

/** What the page knows of those whom messages name. Plain data, so that it can be handed to an island. */
export interface Known {
  /** People, by username in small letters. */
  people?: Readonly<Record<string, { name: string }>>;
  /** Rooms that the reader may know of, by slug in small letters: `book-club`, `music/pt`. */
  rooms?: Readonly<Record<string, { name: string; href: string }>>;
  /** What the shortcodes of these messages stand for; others are looked up in the browser. */
  emoji?: Emoji;
  /** The reader's own username. */
  me?: string;
}

/** The entry of that name, in whatever letters it is written. */
export function found<Entry>(
  entries: Readonly<Record<string, Entry>> | undefined,
  name: string,
): Entry | undefined {
  const key = name.toLowerCase();
  return entries && Object.hasOwn(entries, key) ? entries[key] : undefined;
}
