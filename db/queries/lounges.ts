/**
 * Lounges and their language rooms, as admins keep them. Whoever changes one locks its lounge's row first, so that a
 * room cannot be opened while its lounge is being closed.
 */
import type { AdminLanguageRoom, AdminLounge } from "../../lib/protocol/forms/lounges.ts";
import type { LoungeId, RoomId } from "../../lib/protocol/ids.ts";
import type { AgeRating } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { directionOf } from "./rows.ts";

/** How many people are there now is not the database's to know. */
export type LoungeRecord = Omit<AdminLounge, "rooms"> & { rooms: Omit<AdminLanguageRoom, "online">[] };

/** All lounges by position, the archived too, each with all its language rooms. */
export async function listAllLounges(sql: Queryable): Promise<LoungeRecord[]> {
  return toLounges(await sql<Row[]>`${selectLounges(sql)} order by l.position, l.id, r.id`);
}

export async function findLounge(sql: Queryable, id: LoungeId): Promise<LoungeRecord | null> {
  const rows = await sql<Row[]>`${selectLounges(sql)} where l.id = ${id} order by r.id`;
  return toLounges(rows)[0] ?? null;
}

/** By id or by slug; a slug always holds a letter. */
export async function findLoungeState(
  sql: Queryable,
  name: string,
): Promise<{ id: LoungeId; archived: boolean } | null> {
  const byId = /^[1-9]\d{0,17}$/.test(name);
  const [row] = await sql<{ id: LoungeId; archived: boolean }[]>`
    select id, archived_at is not null as archived from lounges
    where ${byId ? sql`id = ${name}` : sql`slug = ${name}`}`;
  return row ?? null;
}

/** Keeps others from changing a lounge or its rooms until the transaction ends. */
export async function lockLounge(sql: Queryable, id: LoungeId): Promise<void> {
  await sql`select 1 from lounges where id = ${id} for update`;
}

export interface LoungeFields {
  slug: string;
  name: string;
  description: string;
  ageRating: AgeRating;
  position?: number;
}

/** Without a position it comes last. @throws PostgresError 23505 when the slug is taken */
export async function createLounge(sql: Queryable, lounge: LoungeFields): Promise<LoungeId> {
  const [row] = await sql<{ id: LoungeId }[]>`
    insert into lounges (slug, name, description, age_rating, position)
    values (${lounge.slug}, ${lounge.name}, ${lounge.description}, ${lounge.ageRating},
      coalesce(${lounge.position ?? null}, (select coalesce(max(position), 0) + 1 from lounges)))
    returning id`;
  return row!.id;
}

/** Changes what is given. */
export async function changeLounge(
  sql: Queryable,
  id: LoungeId,
  change: Partial<Omit<LoungeFields, "slug">>,
): Promise<void> {
  await sql`
    update lounges set
      name = coalesce(${change.name ?? null}, name),
      description = coalesce(${change.description ?? null}, description),
      age_rating = coalesce(${change.ageRating ?? null}, age_rating),
      position = coalesce(${change.position ?? null}, position)
    where id = ${id}`;
}

/** Closes a lounge, and with it the rooms that are open. */
export async function archiveLounge(sql: Queryable, id: LoungeId): Promise<void> {
  await lockRooms(sql, id);
  await sql`
    with closed as (
      update lounges set archived_at = clock_timestamp() where id = ${id} and archived_at is null
      returning id, archived_at
    )
    update rooms r set archived_at = c.archived_at from closed c
    where r.lounge_id = c.id and r.archived_at is null`;
}

/** Opens a lounge, and the rooms that were closed with it. */
export async function reopenLounge(sql: Queryable, id: LoungeId): Promise<void> {
  await lockRooms(sql, id);
  await sql`
    update rooms r set archived_at = null from lounges l
    where l.id = ${id} and r.lounge_id = l.id and r.archived_at = l.archived_at`;
  await sql`update lounges set archived_at = null where id = ${id}`;
}

/** In the order of their ids, as the writer of messages locks them: neither waits for the other in a circle. */
async function lockRooms(sql: Queryable, lounge: LoungeId): Promise<void> {
  await sql`select 1 from rooms where lounge_id = ${lounge} order by id for update`;
}

/** In a lounge that is closed it opens with the lounge. @throws PostgresError 23505 when the language has a room there */
export async function createLanguageRoom(
  sql: Queryable,
  lounge: LoungeId,
  room: { language: string; name: string; topic: string },
): Promise<RoomId> {
  const [row] = await sql<{ id: RoomId }[]>`
    insert into rooms (kind, lounge_id, language, name, topic, archived_at)
    select 'language', id, ${room.language}, ${room.name}, ${room.topic}, archived_at
    from lounges where id = ${lounge} returning id`;
  return row!.id;
}

/** The lounge of a language room; `null` for rooms of other kinds, and where there is none. */
export async function loungeOfRoom(sql: Queryable, room: RoomId): Promise<LoungeId | null> {
  const [row] = await sql<{ lounge_id: LoungeId }[]>`
    select lounge_id from rooms where id = ${room} and kind = 'language'`;
  return row?.lounge_id ?? null;
}

export async function changeLanguageRoom(
  sql: Queryable,
  room: RoomId,
  change: { name?: string; topic?: string },
): Promise<void> {
  await sql`
    update rooms set name = coalesce(${change.name ?? null}, name), topic = coalesce(${
    change.topic ?? null
  }, topic)
    where id = ${room}`;
}

/** Closes a room by itself, also where its lounge is closed already. */
export async function archiveLanguageRoom(sql: Queryable, room: RoomId): Promise<void> {
  await sql`
    update rooms r set archived_at = clock_timestamp() from lounges l
    where r.id = ${room} and l.id = r.lounge_id
      and (r.archived_at is null or r.archived_at = l.archived_at)`;
}

/** Opens a room, or lets it open with its lounge where that is closed. */
export async function reopenLanguageRoom(sql: Queryable, room: RoomId): Promise<void> {
  await sql`
    update rooms r set archived_at = l.archived_at from lounges l where r.id = ${room} and l.id = r.lounge_id`;
}

interface Row {
  id: LoungeId;
  slug: string;
  name: string;
  description: string;
  age_rating: AgeRating;
  position: number;
  archived: boolean;
  room_id: RoomId | null;
  language: string;
  room_name: string;
  topic: string;
  room_archived: boolean;
}

function selectLounges(sql: Queryable) {
  return sql`
    select l.id, l.slug, l.name, l.description, l.age_rating, l.position, l.archived_at is not null as archived,
      r.id as room_id, r.language, r.name as room_name, r.topic,
      r.archived_at is not null and r.archived_at is distinct from l.archived_at as room_archived
    from lounges l left join rooms r on r.lounge_id = l.id and r.kind = 'language'`;
}

function toLounges(rows: Row[]): LoungeRecord[] {
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((own) => {
    const { id, slug, name, description, age_rating: ageRating, position, archived } = own[0]!;
    return { id, slug, name, description, ageRating, position, archived, rooms: own.flatMap(toRooms) };
  });
}

function toRooms({ room_id: id, language, room_name: name, topic, room_archived: archived }: Row) {
  return id === null ? [] : [{ id, language, name, topic, dir: directionOf(language), archived }];
}
