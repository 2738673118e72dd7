import type { ReadableRoom } from "../../db/queries/search.ts";
import { peopleCalled, roomsCalled, wordsBeginning } from "../../db/queries/search.ts";
import type { Sql } from "../../db/client.ts";
import type { SearchNotes } from "../protocol/forms/search.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import { isEmptySearch, type SearchFilter, type SearchQuery } from "../protocol/search.ts";
import { Stems } from "./stems.ts";
import { addStems, either, queryOf, type Term, termsOf } from "./terms.ts";

/** Words that the last one of a query may become. Commoner ones first; the rest is found once more of it is typed. */
const COMPLETIONS = 50;
/** With more rooms than that it is quicker to look at each message's room than to ask the index for all of them. */
const ROOMS_ASKED = 300;

/** A search, as the database is asked for it. */
export interface Question {
  terms: Term[];
  rooms: ReadableRoom[];
  /** Whose messages are left out. */
  without: UserId[];
  /** Texts of tsqueries: for the index, for what is not in it, and the words alone, by which results are ranked. */
  indexed: string[];
  fresh: string[];
  ranked: string | null;
}

export interface Asker {
  id: UserId;
  /** What they may read. */
  rooms: ReadableRoom[];
  blocked: UserId[];
  /** In this room alone. */
  room?: RoomId;
}

/** `question` is null when it is clear that nothing can be found. */
export async function questionFor(
  sql: Sql,
  query: SearchQuery,
  asker: Asker,
): Promise<{ question: Question | null; notes: SearchNotes }> {
  const [people, places] = await Promise.all([
    peopleMeant(sql, query.from, asker.id),
    placesMeant(sql, query.in, asker.rooms),
  ]);
  const unknown = [...people.unknown, ...places.unknown];
  const notes: SearchNotes = unknown.length > 0 ? { unknown } : {};
  const rooms = asker.rooms.filter(({ id }) =>
    (asker.room ?? id) === id && places.any?.has(id) !== false && !places.none.has(id)
  );
  const terms = termsOf(query.terms);
  // Signs alone are nothing to look for; filters alone are.
  const vague = terms.length === 0 && isEmptySearch({ ...query, terms: [] });
  if (vague || people.any?.size === 0 || rooms.length === 0) return { question: null, notes };
  await prepare(sql, terms, rooms);
  const others = [...scopeOf(rooms, asker.rooms), ...marksOf(query, people)];
  const wanted = terms.filter(({ without }) => !without);
  const question: Question = {
    terms,
    rooms,
    // Who asks for somebody by name wants to see what they said.
    without: asker.blocked.filter((id) => !people.any?.has(id)),
    indexed: [...others, ...terms.map((term) => queryOf(term, "completed"))],
    fresh: [...others, ...terms.map((term) => queryOf(term, "matched"))],
    ranked: wanted.length > 0 ? wanted.map((term) => queryOf(term, "completed")).join(" & ") : null,
  };
  return { question, notes };
}

/** Gives terms their stems and what their beginnings may become. */
async function prepare(sql: Sql, terms: Term[], rooms: ReadableRoom[]): Promise<void> {
  const languages = [...new Set(rooms.map(({ language }) => language))];
  const open = terms.flatMap(({ elements }) => elements).filter(({ beginning }) => beginning);
  const [completions] = await Promise.all([
    open.length > 0 ? wordsBeginning(sql, open.map(({ word }) => word.text), COMPLETIONS) : [],
    addStems(terms, languages, new Stems(sql)),
  ]);
  for (const [index, element] of open.entries()) element.completions = completions[index] ?? [];
}

interface Meant<Id> {
  /** One of these; `null` when nobody asked. */
  any: Set<Id> | null;
  none: Set<Id>;
  unknown: { filter: "from" | "in"; value: string }[];
}

async function peopleMeant(sql: Sql, filters: SearchFilter[], asker: UserId): Promise<Meant<UserId>> {
  if (filters.length === 0) return { any: null, none: new Set(), unknown: [] };
  const found = await peopleCalled(sql, filters.map(({ value }) => value));
  const ids = found.map(({ name, people }) => name.toLowerCase() === "me" ? [asker] : people);
  return meant("from", filters, ids);
}

async function placesMeant(
  sql: Sql,
  filters: SearchFilter[],
  readable: ReadableRoom[],
): Promise<Meant<RoomId>> {
  if (filters.length === 0) return { any: null, none: new Set(), unknown: [] };
  const found = await roomsCalled(sql, filters.map(({ value }) => value), readable.map(({ id }) => id));
  return meant("in", filters, found.map(({ rooms }) => rooms));
}

function meant<Id>(filter: "from" | "in", filters: SearchFilter[], ids: Id[][]): Meant<Id> {
  const chosen = (without: boolean) => ids.filter((_, index) => filters[index]!.without === without).flat();
  return {
    any: filters.some(({ without }) => !without) ? new Set(chosen(false)) : null,
    none: new Set(chosen(true)),
    unknown: filters.filter((_, index) => ids[index]!.length === 0).map(({ value }) => ({ filter, value })),
  };
}

function marksOf({ has }: SearchQuery, people: Meant<UserId>): string[] {
  return [
    ...(people.any?.size ? [either([...people.any].map((id) => `'#a${id}'`))] : []),
    ...[...people.none].map((id) => `!'#a${id}'`),
    ...has.map(({ value, without }) => `${without ? "!" : ""}'#${value}'`),
  ];
}

/** So that the index passes over what cannot be read. Who may read is not decided here: see `searchIndex`. */
function scopeOf(rooms: ReadableRoom[], readable: ReadableRoom[]): string[] {
  const lounges = rooms.filter(({ open }) => open);
  const all = lounges.length > 1 && lounges.length === readable.filter(({ open }) => open).length;
  const single = all ? rooms.filter(({ open }) => !open) : rooms;
  if (single.length > ROOMS_ASKED) return [];
  return [either([...(all ? ["'#o'"] : []), ...single.map(({ id }) => `'#r${id}'`)])];
}
