/**
 * The language in which people ask for messages:
 *
 * - `green tea` both words, in any order; the last word may be the beginning of one
 * - `"green tea"` these very words, side by side
 * - `-milk`, `-"with milk"`, `-from:ann` not that
 * - `from:ann`, `from:"Ann Lee"`, `from:me` who said it; several: any of them
 * - `in:book-club`, `in:general/en`, `in:general` where; several: any of them
 * - `has:link`, `has:file`, `has:picture`, `has:mention` what it holds; several: all of them
 * - `before:2026-11-01`, `after:2026-10`, `after:2026` when: a day, month or year begins at midnight UTC, and `after:` holds it
 *
 * Whatever looks like a filter and is none counts as words. Nothing is an error: what people type is looked for.
 */

export const HAS = ["link", "file", "picture", "mention"] as const;
export type Has = typeof HAS[number];

/** Characters that are read of what somebody asks for. */
export const SEARCH_MAX_CHARACTERS = 2000;

/** Words as they were typed, in the order in which they stand; not yet cut up into what is indexed. */
export interface SearchTerm {
  text: string;
  /** It stood in quotes: its words side by side, and only in this form. */
  phrase: boolean;
  /** It must not be there. */
  without: boolean;
}

export interface SearchFilter<Value extends string = string> {
  value: Value;
  /** It must not be so. */
  without: boolean;
}

export interface SearchQuery {
  terms: SearchTerm[];
  /** Usernames or names. */
  from: SearchFilter[];
  /** Slugs of rooms, `lounge/language`, lounges, or ids of rooms. */
  in: SearchFilter[];
  has: SearchFilter<Has>[];
  /** ISO 8601, UTC: sent earlier than that. */
  before?: string;
  /** ISO 8601, UTC: sent then or later. */
  after?: string;
}

/** One piece of a query: an optional `-`, an optional `name:`, and a word or quoted text. An open quote ends with the query. */
const PIECE =
  /(?<without>-)?(?:(?<key>[a-z]+)[:：](?=\S))?(?:["“”„«»](?<quoted>[^"“”„«»]*)(?:["“”„«»]|$)|(?<word>[^\s"“”„«»]+))/giu;
/** `2026`, `2026-11` or `2026-11-01`. */
const DATE = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;

/** Reads a query. Pure, and good for any text: what is no filter is words. */
export function parseSearch(text: string): SearchQuery {
  const query: SearchQuery = { terms: [], from: [], in: [], has: [] };
  // As messages are kept: no database takes U+0000 or half a surrogate pair, nor a query that holds one.
  const storable = text.slice(0, SEARCH_MAX_CHARACTERS).toWellFormed().replaceAll("\0", "\u{FFFD}");
  for (const { groups } of storable.matchAll(PIECE)) {
    const { key, quoted, word } = groups!;
    const [value, without] = [(quoted ?? word ?? "").trim(), groups!.without !== undefined];
    if (value !== "" && key && takeFilter(query, key.toLowerCase(), value, without)) continue;
    // A key that means nothing is a word like others.
    const words = key ? `${key}:${value}` : value;
    if (words !== "") query.terms.push({ text: words, phrase: quoted !== undefined, without });
  }
  return query;
}

/** Whether it was a filter. The last of several dates counts. */
function takeFilter(query: SearchQuery, key: string, value: string, without: boolean): boolean {
  switch (key) {
    case "from":
      return query.from.push({ value: value.replace(/^@/, "") || value, without }) > 0;
    case "in":
      return query.in.push({ value: value.replace(/^#/, "") || value, without }) > 0;
    case "has": {
      const what = HAS.find((name) => name === value.toLowerCase());
      return what !== undefined && query.has.push({ value: what, without }) > 0;
    }
    case "before":
    case "after": {
      const at = startOf(value);
      if (at === null || without) return false;
      query[key] = at;
      return true;
    }
    default:
      return false;
  }
}

/** The first moment of a day, month or year; `null` for what is none. */
function startOf(date: string): string | null {
  const [, year, month = "01", day = "01"] = DATE.exec(date) ?? [];
  if (year === undefined) return null;
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // JavaScript takes the 30th of February for the 2nd of March.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${year}-${month}-${day}`)
    ? at.toISOString()
    : null;
}

/** Whether there is anything to look for. */
export function isEmptySearch({ terms, from, in: rooms, has, before, after }: SearchQuery): boolean {
  return terms.length + from.length + rooms.length + has.length === 0 && !before && !after;
}
