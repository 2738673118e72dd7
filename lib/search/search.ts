import { blockedIds } from "../../db/queries/blocks.ts";
import { type Hit, type Place, readableRooms } from "../../db/queries/search.ts";
import type { SearchNotes, SearchPage, SearchSort } from "../protocol/forms/search.ts";
import type { RoomId } from "../protocol/ids.ts";
import { isEmptySearch, parseSearch, type SearchQuery } from "../protocol/search.ts";
import type { Viewer } from "../protocol/types.ts";
import { accessRoom } from "../rooms/access.ts";
import type { Services } from "../services.ts";
import { freshHits } from "./fresh.ts";
import {
  byScore,
  byTime,
  compare,
  type Cursor,
  cursorText,
  endOf,
  isoOf,
  microsOf,
  placeBefore,
  readCursor,
} from "./place.ts";
import { type Question, questionFor } from "./question.ts";
import { showHits } from "./results.ts";
import { walkBack } from "./walk.ts";

const PAGE = 20;
/** Results are counted up to here. */
const COUNTED = 200;
/** The best are found among that many of the newest. */
const RANKED = 500;
/** Milliseconds after which a search looks no further back by itself. */
const PATIENCE = 50;
/** Behind everything that can be sent, in microseconds: the year 9999. */
const FOREVER = "253370764800000000";

export interface SearchRequest {
  q: string;
  sort: SearchSort;
  /** In this room alone. */
  room?: RoomId;
  cursor?: string;
}

/** Either order's way through the hits. */
interface Found {
  hits: Hit[];
  next: Cursor | null;
  /** Of the first page. */
  count: { found: number; more: boolean };
  notes: SearchNotes;
}

/**
 * Messages that somebody may read and that fit their query (see `protocol/search.ts`), by page. What people whom they
 * blocked said is not among them, unless they ask for it by `from:`.
 * @throws AppError RATE_LIMIT_EXCEEDED; VALIDATION_FAILED for a cursor that no page gave; those of `accessRoom` for a room
 * that may not be read
 */
export async function searchMessages(
  services: Services,
  viewer: Viewer,
  { q, sort, room, cursor }: SearchRequest,
): Promise<SearchPage> {
  await services.limits.spend("search", viewer.id);
  if (room) await accessRoom(services.rooms, viewer, "read", room);
  const from = cursor === undefined ? null : readCursor(cursor, sort);
  const query = parseSearch(q);
  if (isEmptySearch(query)) return { results: [], nextCursor: null, notes: {} };
  const { sql } = services;
  const reader = { reader: viewer.id, red: viewer.ageCategory === "_18PLUS_RED" };
  const [rooms, blocked] = await Promise.all([readableRooms(sql, reader), blockedIds(sql, viewer.id)]);
  const { question, notes } = await questionFor(sql, query, { id: viewer.id, rooms, blocked, room });
  if (!question) return { results: [], nextCursor: null, count: { found: 0, more: false }, notes };
  const found = from?.sort === "best" || sort === "best"
    ? await findBest(services, query, question, from?.sort === "best" ? from : null)
    : await findNewest(services, query, question, from);
  return {
    results: await showHits(sql, found.hits, question, reader),
    nextCursor: found.next && cursorText(found.next),
    ...(!from && { count: found.count }),
    notes: { ...notes, ...found.notes },
  };
}

async function findNewest(
  { sql }: Services,
  query: SearchQuery,
  question: Question,
  from: Cursor | null,
): Promise<Found> {
  const after = from?.after ?? null;
  const range = rangeOf(query, after && endOf(after));
  // What is not indexed is read first: what is indexed in between then stands in both, and nothing in neither.
  const fresh = await freshHits(sql, question, { ranked: false });
  const { hits, back } = await walkBack(sql, question, {
    ...range,
    after,
    limit: (from ? PAGE : COUNTED) + 1,
    ranked: false,
    deadline: performance.now() + PATIENCE,
  });
  const all = together(fresh, hits, range, back).filter((hit) => !after || byTime(after, hit) < 0).sort(
    byTime,
  );
  const shown = all.slice(0, PAGE);
  const more = all.length > PAGE;
  const stopped = more ? null : back;
  return {
    hits: shown,
    next: nextOf(more ? shown.at(-1)! : stopped === null ? null : placeBefore(stopped)),
    count: { found: Math.min(all.length, COUNTED), more: all.length > COUNTED || back !== null },
    notes: stopped ? { searchedBackTo: isoOf(stopped) } : {},
  };
}

function nextOf(after: Place | null): Cursor | null {
  return after && { sort: "new", after };
}

async function findBest(
  { sql, clock }: Services,
  query: SearchQuery,
  question: Question,
  from: Cursor & { sort: "best" } | null,
): Promise<Found> {
  const until = from?.until ?? microsOf(new Date(clock() + 1).toISOString());
  const range = rangeOf(query, until);
  const fresh = await freshHits(sql, question, { ranked: true });
  const { hits, back } = await walkBack(sql, question, {
    ...range,
    after: null,
    limit: RANKED,
    ranked: true,
    deadline: performance.now() + PATIENCE,
  });
  const all = together(fresh, hits, range, back).sort(byScore);
  const left = from ? all.filter((hit) => byScore({ ...from.after, score: from.score }, hit) < 0) : all;
  const shown = left.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    hits: shown,
    next: left.length > PAGE && last ? { sort: "best", after: last, score: last.score, until } : null,
    count: { found: Math.min(all.length, COUNTED), more: all.length > COUNTED || back !== null },
    notes: back === null ? {} : { searchedBackTo: isoOf(back) },
  };
}

/** @param end microseconds: what is asked for lies before it, whatever the query says */
function rangeOf(
  { before, after }: SearchQuery,
  end: string | null,
): { since: string | null; until: string } {
  const until = [before ? microsOf(before) : FOREVER, end ?? FOREVER].reduce((a, b) =>
    compare(a, b) < 0 ? a : b
  );
  return { since: after ? microsOf(after) : null, until };
}

/** Hits of both kinds within the time that was looked through. */
function together(
  fresh: Hit[],
  indexed: Hit[],
  { since, until }: { since: string | null; until: string },
  back: string | null,
): Hit[] {
  const within = fresh.filter(({ at }) =>
    compare(at, until) < 0 && (since === null || compare(at, since) >= 0) &&
    (back === null || compare(at, back) >= 0)
  );
  return [...new Map([...indexed, ...within].map((hit) => [`${hit.roomId}-${hit.seq}`, hit])).values()];
}
