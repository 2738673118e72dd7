/** What is asked of the search, and what it answers. */
import { z } from "zod";
import { roomId } from "../id_schemas.ts";
import type { MessageId } from "../ids.ts";
import { SEARCH_MAX_CHARACTERS } from "../search.ts";
import type { Author, MyRoom } from "../types.ts";
import { optional } from "./fields.ts";

export const SORTS = ["new", "best"] as const;
export type SearchSort = typeof SORTS[number];

/** Query of `GET /api/search`. */
export const searchRequest = z.strictObject({
  q: z.string().max(SEARCH_MAX_CHARACTERS, `Search for at most ${SEARCH_MAX_CHARACTERS} characters.`).default(
    "",
  ),
  sort: z.enum(SORTS).default("new"),
  /** In this room alone, whatever `in:` says. */
  room: optional(roomId),
  cursor: optional(z.string().max(200)),
});

/** Where something was found; enough for its name and address. */
export type SearchRoom = Pick<
  MyRoom,
  "id" | "kind" | "name" | "language" | "dir" | "lounge" | "slug" | "people"
>;

/** A piece of text; `hit`: it is what was looked for. */
export interface Piece {
  text: string;
  hit?: true;
}

export interface SearchResult {
  id: MessageId;
  seq: number;
  room: SearchRoom;
  author: Author;
  /** ISO 8601, UTC. */
  createdAt: string;
  edited?: true;
  /** The message, or what of a long one stands around the first hit. */
  snippet: Piece[];
  /** Names of its files. */
  files: Piece[][];
}

/** Why there may be nothing, or not all. */
export interface SearchNotes {
  /** Nobody, and no room that one may read, is called that. */
  unknown?: { filter: "from" | "in"; value: string }[];
  /** Time ran out there (ISO 8601, UTC): `nextCursor` goes on. */
  searchedBackTo?: string;
}

export interface SearchPage {
  results: SearchResult[];
  nextCursor: string | null;
  /** With the first page only: how many there are, or, if `more`, that there are more than that. */
  count?: { found: number; more: boolean };
  notes: SearchNotes;
}
