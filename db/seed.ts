/** The public lounges with their language rooms, and the conversations that a first visitor finds there. */
import type postgres from "postgres";
import type { LoungeId, RoomId, UserId } from "../lib/protocol/ids.ts";
import type { Sql } from "./client.ts";
import { LOUNGES } from "./seed/lounges.ts";
import type { LoungeSlug, RoomTalk } from "./seed/shape.ts";
import { TALK } from "./seed/talk.ts";
import { spokenLines } from "./seed/timing.ts";

type Transaction = postgres.TransactionSql;
const LOCK = "7226415510";

/**
 * Lounges, language rooms, and in each room where nothing was ever said its conversations, the last of them some
 * minutes before now. Adds what is missing, changes nothing that is there; safe to run again and from several
 * isolates at once.
 *
 * @param options.history False leaves the rooms silent.
 * @returns How many rooms and messages were added.
 */
export async function seed(
  sql: Sql,
  { history = true }: { history?: boolean } = {},
): Promise<{ rooms: number; messages: number }> {
  return await alone(sql, async (transaction) => {
    const rooms = await addLounges(transaction);
    return { rooms, messages: history ? await addHistory(transaction) : 0 };
  });
}

/** {@link seed} without history. Returns how many rooms were added. */
export async function seedLounges(sql: Sql): Promise<number> {
  return (await seed(sql, { history: false })).rooms;
}

async function alone<T>(sql: Sql, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const done = await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${LOCK})`;
    return { result: await work(transaction) };
  });
  return done.result;
}

async function addLounges(sql: Transaction): Promise<number> {
  const lounges = LOUNGES.map((lounge, index) => ({
    slug: lounge.slug,
    name: lounge.name,
    description: lounge.description,
    age_rating: lounge.ageRating,
    position: index + 1,
  }));
  await sql`insert into lounges ${sql(lounges)} on conflict (slug) do nothing`;
  const ids = await sql<{ id: LoungeId; slug: LoungeSlug }[]>`
    select id, slug from lounges where slug = any (${
    lounges.map((lounge) => lounge.slug)
  }) order by position`;
  const rooms = ids.flatMap(({ id, slug }) =>
    Object.entries(TALK).map(([language, talk]) => ({
      kind: "language",
      lounge_id: id,
      language,
      name: talk.name,
      topic: talk.rooms[slug].topic,
    }))
  );
  return (await sql`insert into rooms ${sql(rooms)} on conflict (lounge_id, language) do nothing`).count;
}

async function addHistory(sql: Transaction): Promise<number> {
  const silent = await sql<{ id: RoomId; slug: LoungeSlug; language: string }[]>`
    select r.id, l.slug, r.language from rooms r join lounges l on l.id = r.lounge_id
    where r.kind = 'language' and r.head_seq = 0
      and l.slug = any (${LOUNGES.map((lounge) => lounge.slug)}) and r.language = any (${Object.keys(TALK)})
    order by r.id for update of r`;
  if (silent.length === 0) return 0;
  const cast = await findOrCreateCast(sql);
  const now = Date.now();
  let messages = 0;
  for (const [index, { id, slug, language }] of silent.entries()) {
    messages += await addConversations(sql, id, TALK[language]!.rooms[slug], cast, { now, index });
  }
  return messages;
}

type Cast = Map<string, UserId>;

/**
 * The people who speak. Found again by what they said before: by name alone, a later member of the same name
 * would have words put in their mouth.
 */
async function findOrCreateCast(sql: Transaction): Promise<Cast> {
  const known = await sql<{ id: UserId; name: string }[]>`
    select distinct u.id, u.name from messages m join users u on u.id = m.author_id
    where m.client_id like 'seed-%' and u.tier = 'member'`;
  const cast: Cast = new Map(known.map(({ id, name }) => [name, id]));
  const lines = Object.values(TALK).flatMap(({ rooms }) =>
    Object.values(rooms).flatMap(({ conversations }) => conversations.flat())
  );
  const missing = [...new Set(lines.map(([name]) => name))].filter((name) => !cast.has(name));
  if (missing.length === 0) return cast;
  const rows = missing.map((name) => ({ tier: "member", name, age_category: "_18PLUS_RED" }));
  const added = await sql<{ id: UserId; name: string }[]>`insert into users ${sql(rows)} returning id, name`;
  for (const { id, name } of added) cast.set(name, id);
  return cast;
}

async function addConversations(
  sql: Transaction,
  roomId: RoomId,
  talk: RoomTalk,
  cast: Cast,
  { now, index }: { now: number; index: number },
): Promise<number> {
  const rows = spokenLines(talk, now, index).map((line) => ({
    room_id: roomId,
    seq: line.seq,
    author_id: cast.get(line.name)!,
    client_id: `seed-${line.seq}`,
    kind: "TEXT",
    body: line.body,
    reply_to_seq: line.replyToSeq,
    created_at: line.at,
  }));
  await sql`insert into messages ${sql(rows)}`;
  await sql`update rooms set head_seq = ${rows.length} where id = ${roomId}`;
  return rows.length;
}
