import type { Queryable, Sql } from "../../db/client.ts";
import { type Hit, type Place, searchIndex, stretchBefore, withIndex } from "../../db/queries/search.ts";
import { LEVELS } from "../../db/queries/search_index.ts";
import type { Question } from "./question.ts";
import { either } from "./terms.ts";

/** So much more is looked through when a step goes over to larger blocks. */
const GROWTH = LEVELS[1].size;
/**
 * Hits of a larger step; if there are more, it is taken in smaller ones. For all hits of a step are read, each from a page of
 * the table that it shares with few others, and then sorted.
 */
const STEP_MOST = 300;

export interface Range {
  /** Microseconds: from then on … */
  since: string | null;
  /** … and before that. */
  until: string;
  /** Only what comes after it. */
  after: Place | null;
  limit: number;
  ranked: boolean;
  /** When to stop looking further back, by `performance.now()`. */
  deadline: number;
}

export interface Walked {
  /** Newest first. */
  hits: Hit[];
  /** Everything from this moment on (microseconds) has been looked through; `null`: everything there is. */
  back: string | null;
}

/**
 * Goes back through the index until `limit` messages are found. A common word is found within the newest few thousand
 * messages, a rare one in few steps more; what is neither stops at the deadline.
 */
export function walkBack(sql: Sql, question: Question, range: Range): Promise<Walked> {
  return withIndex(sql, (sql) => walk(sql, question, range));
}

async function walk(sql: Queryable, question: Question, range: Range): Promise<Walked> {
  const hits: Hit[] = [];
  let { until } = range;
  let [level, highest] = [0, LEVELS.length - 1];
  for (;;) {
    const began = performance.now();
    const stretch = await stretchBefore(sql, until, LEVELS[level]!);
    if (!stretch) return { hits, back: null };
    const { pieces, since } = stretch;
    const last = since === null || range.since !== null && BigInt(since) <= BigInt(range.since);
    const found = await searchIndex(sql, {
      queries: [either(pieces.map((mark) => `'${mark}'`)), ...question.indexed],
      ...(range.ranked && question.ranked !== null && { rankBy: question.ranked }),
      rooms: question.rooms.map(({ id }) => id),
      without: question.without,
      since: last ? range.since : since,
      until,
      after: range.after,
      limit: range.limit - hits.length,
      ...(level > 0 && { most: STEP_MOST }),
    });
    if (!found) {
      level = highest = level - 1;
      continue;
    }
    hits.push(...found);
    if (hits.length >= range.limit) return { hits, back: hits.at(-1)!.at };
    if (last) return { hits, back: null };
    const now = performance.now();
    if (now >= range.deadline) return { hits, back: since };
    // A step that finds little is soon followed by a larger one, unless that would take more time than there is.
    if (level < highest && now + (now - began) * GROWTH < range.deadline) level++;
    until = since!;
  }
}
