/** Searching: what somebody may read, who and where is meant by a name, and the search itself. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable, Sql } from "../client.ts";
import {
  columns,
  type Level,
  type MessageName,
  micros,
  type Searchable,
  type SearchableRow,
  toSearchable,
} from "./search_index.ts";

/** A room that somebody may read. */
export interface ReadableRoom {
  id: RoomId;
  language: string | null;
  /** One of a lounge: open to everybody of its rating. */
  open: boolean;
}

/** A message's place in the order of time; microseconds since the epoch. */
export interface Place extends MessageName {
  at: string;
}

export interface Hit extends Place {
  /** The version that was found; microseconds. */
  editedAt: string | null;
  /** How well it fits; 0 unless that was asked for. */
  score: number;
}

/**
 * Rooms of which somebody may read the messages now: those of `may_read`, and of their lounges those of their rating. Ghost
 * rooms, and rooms whose words are sealed, are never searched.
 */
export async function readableRooms(
  sql: Queryable,
  { reader, red }: { reader: UserId; red: boolean },
): Promise<ReadableRoom[]> {
  return await sql<ReadableRoom[]>`
    select r.id, r.language, true as open from rooms r join lounges l on l.id = r.lounge_id
    where r.kind = 'language' and r.archived_at is null and r.closed_at is null
      and (l.age_rating = '_18PLUS' or ${red})
    union all
    select r.id, r.language, false from memberships m join rooms r on r.id = m.room_id
    where m.user_id = ${reader} and m.left_at is null and r.members_only and r.kind <> 'ghost' and not r.encrypted
      and r.closed_at is null and not is_banned(r.id, m.user_id)`;
}

/** Those among `rooms` that are called so: by slug, `lounge/language`, lounge or id. In the order of the names. */
export async function roomsCalled(
  sql: Queryable,
  names: readonly string[],
  rooms: readonly RoomId[],
): Promise<{ name: string; rooms: RoomId[] }[]> {
  const rows = await sql<{ rooms: RoomId[] }[]>`
    select array(
      select r.id::text from rooms r left join lounges l on l.id = r.lounge_id
      where r.id = any (${[...rooms]}::bigint[]) and (
        lower(r.slug) = lower(n.name) or r.id::text = n.name or l.slug = lower(n.name)
        or lower(l.slug || '/' || r.language) = lower(n.name)
        or r.kind = 'password' and lower(r.name) = lower(n.name))
    ) as rooms
    from unnest(${[...names]}::text[]) with ordinality as n (name, ord) order by n.ord`;
  return rows.map(({ rooms }, index) => ({ name: names[index]!, rooms }));
}

/** People who share a name beyond this many are not all meant. */
const NAMESAKES = 20;

/** People of these usernames or, where nobody has that username, names. In the order of the names. */
export async function peopleCalled(
  sql: Queryable,
  names: readonly string[],
): Promise<{ name: string; people: UserId[] }[]> {
  const rows = await sql<{ exact: UserId[]; named: UserId[] }[]>`
    select
      array(select u.id::text from users u where lower(u.username) = lower(n.name)) as exact,
      array(select u.id::text from users u
        where lower(u.name) = lower(n.name) and u.tier <> 'ghost' and u.erased_at is null
        order by u.id desc limit ${NAMESAKES}) as named
    from unnest(${[...names]}::text[]) with ordinality as n (name, ord) order by n.ord`;
  return rows.map(({ exact, named }, index) => ({
    name: names[index]!,
    people: exact.length > 0 ? exact : named,
  }));
}

/** For each beginning the words of the index that go on from it, the commonest first. */
export async function wordsBeginning(
  sql: Queryable,
  beginnings: readonly string[],
  limit: number,
): Promise<string[][]> {
  const rows = await sql<{ words: string[] }[]>`
    select array(
      select l.word from search_lexicon l
      where l.word > b.beginning and l.word < b.beginning || ${"\u{10ffff}"} order by l.uses desc limit ${limit}
    ) as words
    from unnest(${[...beginnings]}::text[]) with ordinality as b (beginning, ord) order by b.ord`;
  return rows.map(({ words }) => words);
}

/** A stretch of the index, going back from some moment. */
export interface Stretch {
  /** The marks of the pieces that hold something of it. */
  pieces: string[];
  /** Where it begins, microseconds; `null` at the beginning of everything. */
  since: string | null;
}

/**
 * Two blocks of the index, and whatever else lies within their time: the newest of those that begin before `until`.
 * `null`: nothing does.
 */
export async function stretchBefore(
  sql: Queryable,
  until: string,
  { mark, size }: Level,
): Promise<Stretch | null> {
  const [row] = await sql<{ from_id: number; newest: number; since: string | null; others: number[] }[]>`
    with newest as (
      select max(id) as id, max(id) / ${size}::int - 1 as block, min(id) as first from search_segments
      where first_at < ${moment(sql, until)}
    ), edge as (
      select min(s.first_at) as since from search_segments s, newest n where s.id / ${size}::int >= n.block
    )
    select n.id as newest, n.block * ${size}::int as from_id,
      case when n.first < n.block * ${size}::int then ${micros(sql, "e.since")} end as since,
      array(select s.id from search_segments s
        where s.id / ${size}::int < n.block and s.last_at >= e.since and s.first_at < ${
    moment(sql, until)
  }) as others
    from newest n, edge e where n.id is not null`;
  if (!row) return null;
  const block = row.from_id / size;
  return {
    pieces: [`#${mark}${block}`, `#${mark}${block + 1}`, ...row.others.map((id) => `#s${id}`)],
    since: row.since,
  };
}

function moment(sql: Queryable, at: string) {
  return sql`to_timestamp(0) + ${at}::bigint * interval '1 microsecond'`;
}

export interface Wanted {
  /** Texts of tsqueries; all must fit. Apart, for the index skips within each by what it finds of the others. */
  queries: readonly string[];
  /** Scores are by this one; without it nobody asked for them. */
  rankBy?: string;
  rooms: readonly RoomId[];
  /** Whose messages are left out. */
  without: readonly UserId[];
  /** Microseconds: from then on … */
  since: string | null;
  /** … and before that. */
  until: string;
  /** Only what comes after it, newest first. */
  after: Place | null;
  limit: number;
  /** If more than so many fit, that is all that is found out, and in little more time than it takes to read so many. */
  most?: number;
}

/**
 * All searching of the index is done in here. Where much fits and little is wanted, the planner would rather read the table
 * from its beginning, and the newest pieces are at its end.
 */
export async function withIndex<Result>(
  sql: Sql,
  work: (sql: Queryable) => Promise<Result>,
): Promise<Result> {
  return await sql.begin("read only", async (sql) => {
    await sql`set local enable_seqscan = off`;
    return await work(sql);
  }) as Result;
}

/**
 * Messages of the index, the newest first; `null` when more than `most` fit. How many will, the planner mostly knows before
 * the index has been asked.
 */
export async function searchIndex(sql: Queryable, wanted: Wanted): Promise<Hit[] | null> {
  const { rankBy, limit, most } = wanted;
  if (most !== undefined && await likelyHits(sql, wanted) > DOUBT * most) return null;
  const rows = await sql<(HitRow & { fitting: number })[]>`
    select s.room_id, s.seq, ${micros(sql, "s.at")} as at, ${micros(sql, "s.edited_at")} as edited_us,
      ${rankBy ? sql`ts_rank(s.words, ${rankBy}::tsquery, 1)::float8` : sql`0::float8`} as score,
      ${most === undefined ? sql`0` : sql`count(*) over ()::int`} as fitting
    from (${hitsOf(sql, wanted)} ${most === undefined ? sql`` : sql`limit ${most + 1}`}) s
    order by s.at desc, s.room_id desc, s.seq desc limit ${limit}`;
  return most !== undefined && rows[0] && rows[0].fitting > most ? null : rows.map(toHit);
}

/** The planner thinks of all of time, and a word may have its days: so many times more than wanted it must expect. */
const DOUBT = 3;

/** By what the planner knows of words: those that are frequent, it counts well. */
async function likelyHits(sql: Queryable, wanted: Wanted): Promise<number> {
  const [row] = await sql<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }[]>`
    explain (format json) ${hitsOf(sql, wanted)}`;
  return row!["QUERY PLAN"][0].Plan["Plan Rows"];
}

/**
 * `room_id + 0`, for the planner thinks well of taking all rows of these rooms from the primary key, to hold them against
 * those that fit: half a table, where some hundred rows do.
 */
function hitsOf(sql: Queryable, { queries, rooms, without, since, until, after }: Wanted) {
  return sql`
    select * from message_search s
    where ${fitting(sql, "s.words", queries)} and s.at < ${moment(sql, until)}
      ${since === null ? sql`` : sql`and s.at >= ${moment(sql, since)}`}
      ${after ? sql`and ${isAfter(sql, after)}` : sql``}
      and s.room_id + 0 = any (${[...rooms]}::bigint[])
      ${without.length > 0 ? sql`and s.author_id <> all (${[...without]}::bigint[])` : sql``}`;
}

function isAfter(sql: Queryable, { at, roomId, seq }: Place) {
  return sql`(s.at, s.room_id, s.seq) < (${moment(sql, at)}, ${roomId}::bigint, ${seq}::bigint)`;
}

/** What was said, or changed, in these rooms and is not in the index: the newest `limit`. */
export async function notInIndex(
  sql: Queryable,
  rooms: readonly RoomId[],
  limit: number,
): Promise<Searchable[]> {
  const rows = await sql<SearchableRow[]>`
    with behind as (
      select r.id, coalesce(x.indexed_seq, 0) as indexed_seq
      from rooms r left join search_rooms x on x.room_id = r.id
      where r.id = any (${[...rooms]}::bigint[]) and r.head_seq > coalesce(x.indexed_seq, 0)
    ), names as (
      select n.* from behind b cross join lateral (
        select m.room_id, m.seq, m.created_at from messages m where m.room_id = b.id and m.seq > b.indexed_seq
        order by m.seq desc limit ${limit}
      ) n
      union
      select m.room_id, m.seq, m.created_at from search_changes c join messages m on m.room_id = c.room_id and m.seq = c.seq
      where c.room_id = any (${[...rooms]}::bigint[])
      order by 3 desc limit ${limit}
    )
    select ${columns(sql)} from names n join messages m on m.room_id = n.room_id and m.seq = n.seq
    join rooms r on r.id = m.room_id`;
  return rows.map(toSearchable);
}

/** Which of these vectors (text) fit the query, by their place in the list, and how well. */
export async function matching(
  sql: Queryable,
  vectors: readonly string[],
  { queries, rankBy }: Pick<Wanted, "queries" | "rankBy">,
): Promise<{ index: number; score: number }[]> {
  if (vectors.length === 0) return [];
  const rows = await sql<{ ord: string; score: number }[]>`
    select v.ord, ${
    rankBy ? sql`ts_rank(v.words::tsvector, ${rankBy}::tsquery, 1)::float8` : sql`0::float8`
  } as score
    from unnest(${[...vectors]}::text[]) with ordinality as v (words, ord)
    where ${fitting(sql, "v.words::tsvector", queries)}`;
  return rows.map(({ ord, score }) => ({ index: Number(ord) - 1, score }));
}

function fitting(sql: Queryable, vector: "s.words" | "v.words::tsvector", queries: readonly string[]) {
  const words = vector === "s.words" ? sql`s.words` : sql`v.words::tsvector`;
  return queries.reduce((all, query) => sql`${all} and ${words} @@ ${query}::tsquery`, sql`true`);
}

interface HitRow {
  room_id: RoomId;
  seq: string;
  at: string;
  edited_us: string | null;
  score: number;
}

function toHit({ room_id, seq, at, edited_us, score }: HitRow): Hit {
  return { roomId: room_id, seq: Number(seq), at, editedAt: edited_us, score };
}
