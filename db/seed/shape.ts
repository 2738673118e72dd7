/** How a language's conversations are written down. */
export const LOUNGE_SLUGS = ["general", "music", "tech", "games", "late-night"] as const;
export type LoungeSlug = typeof LOUNGE_SLUGS[number];

/** Who said what; with a number, it answers the line that stands so many lines further up. */
export type Line = readonly [name: string, body: string, linesUp?: number];

export interface RoomTalk {
  topic: string;
  /** Oldest first. Within one, people answer each other within minutes; between two lie hours. */
  conversations: readonly (readonly Line[])[];
}

export interface LanguageTalk {
  /** The language's name in itself; its rooms are called so. */
  name: string;
  rooms: Readonly<Record<LoungeSlug, RoomTalk>>;
}
