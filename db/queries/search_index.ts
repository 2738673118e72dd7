/** The index behind the search: what is to be written into it, and writing it. Only one indexer does so at a time. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";
import type { StoredAttachment } from "./rows.ts";

/** What of a message is indexed. */
export interface Searchable {
  roomId: RoomId;
  seq: number;
  /** Microseconds since the epoch: what Postgres keeps, and `Date` cannot. */
  at: string;
  authorId: UserId;
  body: string;
  files: StoredAttachment[];
  mentions: boolean;
  editedAt: string | null;
  /** Of its room. */
  language: string | null;
  /** Its room is one of a lounge. */
  open: boolean;
}

/** A message with what the index has of it. */
export interface Indexed extends Searchable {
  /** As text of a tsvector. */
  words: string;
}

/** A room of which something is not indexed. */
export interface RoomBehind {
  roomId: RoomId;
  headSeq: number;
}

export interface MessageName {
  roomId: RoomId;
  seq: number;
}

/** A stretch of the index: `size` messages, the first and last of them at these microseconds since the epoch. */
export interface Segment {
  id: number;
  size: number;
  firstAt: string;
  lastAt: string;
}

/**
 * The index goes by segments, and segments by blocks: of each message it holds in which segment and in which blocks it is,
 * `#s17 #t2 #u0`. `size`: segments of a block.
 */
export const LEVELS = [{ mark: "s", size: 1 }, { mark: "t", size: 8 }, { mark: "u", size: 64 }] as const;
export type Level = typeof LEVELS[number];

const LOCK = "7226415512";

/**
 * Until the transaction ends nobody else writes the index. False when somebody does. What a crash takes is indexed again,
 * for up to where rooms are indexed goes with it: so the disk need not be waited for.
 */
export async function lockIndex(sql: Queryable): Promise<boolean> {
  await sql`set local synchronous_commit = off`;
  const [row] = await sql<{ locked: boolean }[]>`select pg_try_advisory_xact_lock(${LOCK}) as locked`;
  return row!.locked;
}

export async function roomsBehind(sql: Queryable): Promise<RoomBehind[]> {
  const rows = await sql<{ id: RoomId; head_seq: string }[]>`
    select r.id, r.head_seq from rooms r left join search_rooms x on x.room_id = r.id
    where r.head_seq > coalesce(x.indexed_seq, 0) and r.kind <> 'ghost' and not r.encrypted`;
  return rows.map(({ id, head_seq }) => ({ roomId: id, headSeq: Number(head_seq) }));
}

/** Names of messages of these rooms that are not indexed, the oldest first. */
export async function notIndexed(sql: Queryable, rooms: RoomBehind[], limit: number): Promise<MessageName[]> {
  const rows = await sql<{ room_id: RoomId; seq: string }[]>`
    select m.room_id, m.seq
    from unnest(${rooms.map(({ roomId }) => roomId)}::bigint[], ${
    rooms.map(({ headSeq }) => headSeq)
  }::bigint[]) as b (id, head_seq)
    left join search_rooms x on x.room_id = b.id
    cross join lateral (
      select n.room_id, n.seq, n.created_at from messages n
      where n.room_id = b.id and n.seq > coalesce(x.indexed_seq, 0) and n.seq <= b.head_seq
      order by n.seq limit ${limit}
    ) m
    order by m.created_at, m.room_id, m.seq limit ${limit}`;
  return rows.map(toName);
}

export async function anyChanges(sql: Queryable): Promise<boolean> {
  return (await sql`select 1 from search_changes limit 1`).length > 0;
}

/** Takes changes off the list, and what the index still has of those messages out of it and out of the lexicon. */
export async function takeChanges(sql: Queryable, limit: number): Promise<MessageName[]> {
  const rows = await sql<{ room_id: RoomId; seq: string }[]>`
    with taken as (
      delete from search_changes where id = any (array(select id from search_changes order by id limit ${limit}))
      returning room_id, seq, words
    ), left_over as (
      delete from message_search s using (select distinct room_id, seq from taken) t
      where s.room_id = t.room_id and s.seq = t.seq returning s.words
    ), gone as (
      select lexeme, count(*) as uses
      from (select words from taken union all select words from left_over) w, unnest(w.words)
      where lexeme !~ '[#:]' group by lexeme
    ), counted as (
      update search_lexicon l set uses = l.uses - g.uses from gone g where l.word = g.lexeme
    )
    select distinct room_id, seq from taken`;
  if (rows.length > 0) await sql`delete from search_lexicon where uses <= 0`;
  return rows.map(toName);
}

function toName({ room_id, seq }: { room_id: RoomId; seq: string }): MessageName {
  return { roomId: room_id, seq: Number(seq) };
}

/**
 * These messages, the oldest first.
 * @param which those that the index should have by now, or those that it has not come to
 */
export async function findSearchable(
  sql: Queryable,
  messages: MessageName[],
  which: "passed" | "ahead",
): Promise<Searchable[]> {
  if (messages.length === 0) return [];
  const rows = await sql<SearchableRow[]>`
    select ${columns(sql)}
    from unnest(${messages.map(({ roomId }) => roomId)}::bigint[], ${
    messages.map(({ seq }) => seq)
  }::bigint[]) as c (room_id, seq)
    join messages m on m.room_id = c.room_id and m.seq = c.seq
    join rooms r on r.id = m.room_id
    left join search_rooms x on x.room_id = m.room_id
    where m.seq ${which === "passed" ? sql`<=` : sql`>`} coalesce(x.indexed_seq, 0)
    order by m.created_at, m.room_id, m.seq`;
  return rows.map(toSearchable);
}

/** Whether it is something that people said and did not take back: what the house says is not looked for. */
export function isSaid(message: Searchable): boolean {
  return message.authorId !== null;
}

/** In order: the first segment, those that hold one of these times, and all that hold something since then. */
export async function segmentsAround(
  sql: Queryable,
  { times, since }: { times: readonly string[]; since: string | null },
): Promise<Segment[]> {
  const rows = await sql<{ id: number; size: number; first_us: string; last_us: string }[]>`
    with held as (
      select t, (select s.id from search_segments s where s.first_at <= to_timestamp(0) + t * interval '1 microsecond'
        order by s.first_at desc, s.id desc limit 1) as id
      from unnest(${since === null ? times : [...times, since]}::bigint[]) t
    )
    select id, size, ${micros(sql, "first_at")} as first_us, ${micros(sql, "last_at")} as last_us
    from search_segments
    where id = (select min(id) from search_segments) or id in (select id from held)
      or id >= coalesce((select id from held where t = ${since}::bigint limit 1), (select max(id) from search_segments))
    order by id`;
  return rows.map(({ id, size, first_us, last_us }) => ({ id, size, firstAt: first_us, lastAt: last_us }));
}

export async function writeSegments(sql: Queryable, segments: Segment[]): Promise<void> {
  await sql`
    insert into search_segments (id, size, first_at, last_at)
    select id, size, to_timestamp(0) + f * interval '1 microsecond', to_timestamp(0) + l * interval '1 microsecond'
    from unnest(${segments.map(({ id }) => id)}::int[], ${segments.map(({ size }) => size)}::int[],
      ${segments.map(({ firstAt }) => firstAt)}::bigint[], ${segments.map(({ lastAt }) => lastAt)}::bigint[])
      as s (id, size, f, l)
    on conflict (id) do update set size = excluded.size, first_at = excluded.first_at, last_at = excluded.last_at`;
}

/** In the order in which they are given: the table lies in order of time. */
export async function writeIndexed(sql: Queryable, messages: Indexed[]): Promise<void> {
  await sql`
    insert into message_search (room_id, seq, at, author_id, edited_at, words)
    select room, seq, to_timestamp(0) + at * interval '1 microsecond', author,
      to_timestamp(0) + edited * interval '1 microsecond', words::tsvector
    from unnest(
      ${messages.map(({ roomId }) => roomId)}::bigint[], ${messages.map(({ seq }) => seq)}::bigint[],
      ${messages.map(({ at }) => at)}::bigint[], ${messages.map(({ authorId }) => authorId)}::bigint[],
      ${messages.map(({ editedAt }) => editedAt)}::bigint[], ${messages.map(({ words }) => words)}::text[]
    ) as i (room, seq, at, author, edited, words)`;
}

/** Adds to how many messages have each word. */
export async function countWords(sql: Queryable, uses: Map<string, number>): Promise<void> {
  await sql`
    insert into search_lexicon as l (word, uses)
    select word, uses from unnest(${[...uses.keys()]}::text[], ${[
    ...uses.values(),
  ]}::bigint[]) as u (word, uses)
    on conflict (word) do update set uses = l.uses + excluded.uses`;
}

export async function markIndexed(sql: Queryable, rooms: Map<RoomId, number>): Promise<void> {
  await sql`
    insert into search_rooms as x (room_id, indexed_seq)
    select room, seq from unnest(${[...rooms.keys()]}::bigint[], ${[
    ...rooms.values(),
  ]}::bigint[]) as r (room, seq)
    on conflict (room_id) do update set indexed_seq = greatest(x.indexed_seq, excluded.indexed_seq)`;
}

/** Sorts what was written into the index proper; until then every search goes through it one by one. */
export async function tidyIndex(sql: Queryable): Promise<void> {
  await sql`select gin_clean_pending_list('message_search_words')`;
}

/** The stem of each word by its stemmer; null for words that are too common to have one, and where there is no such stemmer. */
export async function stemsOf(
  sql: Queryable,
  words: { stemmer: string; word: string }[],
): Promise<(string | null)[]> {
  if (words.length === 0) return [];
  const rows = await sql<{ ord: string; stem: string | null }[]>`
    select w.ord, (ts_lexize(d.oid::regdictionary, w.word))[1] as stem
    from unnest(${words.map(({ stemmer }) => `${stemmer}_stem`)}::text[], ${
    words.map(({ word }) => word)
  }::text[])
      with ordinality as w (stemmer, word, ord)
    join pg_ts_dict d on d.dictname = w.stemmer and d.dictnamespace = 'pg_catalog'::regnamespace`;
  const stems = new Array<string | null>(words.length).fill(null);
  for (const { ord, stem } of rows) stems[Number(ord) - 1] = stem;
  return stems;
}

export interface SearchableRow {
  room_id: RoomId;
  seq: string;
  at: string;
  author_id: UserId;
  body: string;
  attachments: StoredAttachment[] | null;
  mentions: boolean;
  edited_us: string | null;
  language: string | null;
  open: boolean;
}

/** Of a message `m` in a room `r`. What was taken back, or is a line of the house, comes without author and words. */
export function columns(sql: Queryable) {
  const there = sql`m.deleted_at is null and m.kind <> 'SYSTEM'`;
  return sql`m.room_id, m.seq, ${micros(sql, "m.created_at")} as at,
    case when ${there} then m.author_id end as author_id, case when ${there} then m.body else '' end as body,
    case when ${there} then m.attachments end as attachments,
    exists (select from mentions n where n.room_id = m.room_id and n.seq = m.seq) as mentions,
    ${micros(sql, "m.edited_at")} as edited_us, r.language, r.kind = 'language' as open`;
}

export function toSearchable(row: SearchableRow): Searchable {
  return {
    roomId: row.room_id,
    seq: Number(row.seq),
    at: row.at,
    authorId: row.author_id,
    body: row.body,
    files: row.attachments ?? [],
    mentions: row.mentions,
    editedAt: row.edited_us,
    language: row.language,
    open: row.open,
  };
}

/** Microseconds since the epoch, as text. */
export function micros(sql: Queryable, column: string) {
  return sql`(extract(epoch from ${sql(column)}) * 1000000)::bigint`;
}
