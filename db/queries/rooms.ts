/** Lounges and rooms. */
import { avatarPath } from "../../lib/protocol/avatars.ts";
import type { LoungeId, RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { AgeRating, Author, LoungeView, RoomInfo, Visibility } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { directionOf } from "./rows.ts";

/** A room and the last seq of its log. */
export interface FoundRoom {
  info: RoomInfo;
  headSeq: number;
  /** It is over: nobody may even read it. */
  closed?: { reason: string };
}

/** Open lounges by position, each with its open language rooms in the order they were made. `online` is 0: who counts it is not the database. */
export async function listLounges(sql: Queryable): Promise<LoungeView[]> {
  const rows = await sql<LoungeRow[]>`
    select l.id, l.slug, l.name, l.description, l.age_rating, r.id as room_id, r.language, r.name as room_name
    from lounges l left join rooms r on r.lounge_id = l.id and r.kind = 'language' and r.archived_at is null
    where l.archived_at is null
    order by l.position, l.id, r.id`;
  const lounges = new Map<LoungeId, LoungeView>();
  for (const { id, slug, name, description, age_rating, room_id, language, room_name } of rows) {
    const lounge = lounges.get(id) ?? { id, slug, name, description, ageRating: age_rating, rooms: [] };
    lounges.set(id, lounge);
    if (!room_id) continue;
    lounge.rooms.push({
      id: room_id,
      language: language!,
      name: room_name!,
      dir: directionOf(language),
      online: 0,
    });
  }
  return [...lounges.values()];
}

export async function findRoom(sql: Queryable, roomId: RoomId): Promise<FoundRoom | null> {
  const [row] = await sql<RoomRow[]>`${selectRooms(sql)} where r.id = ${roomId}`;
  return row ? toRoom(row) : null;
}

/** The room at `/lounges/:lounge/:language`. */
export async function findLanguageRoom(
  sql: Queryable,
  loungeSlug: string,
  language: string,
): Promise<FoundRoom | null> {
  const [row] = await sql<RoomRow[]>`
    ${selectRooms(sql)} where r.kind = 'language' and l.slug = ${loungeSlug} and r.language = ${language}`;
  return row ? toRoom(row) : null;
}

/** The room at `/r/:slug`. */
export async function findSlugRoom(sql: Queryable, slug: string): Promise<FoundRoom | null> {
  const [row] = await sql<RoomRow[]>`${selectRooms(sql)} where lower(r.slug) = lower(${slug})`;
  return row ? toRoom(row) : null;
}

/** The ghost room whose link holds the token of this keyed hash; also when its time is over. */
export async function findGhostRoom(sql: Queryable, tokenHash: Uint8Array): Promise<FoundRoom | null> {
  const [row] = await sql<RoomRow[]>`${selectRooms(sql)} where r.token_hash = ${tokenHash}`;
  return row ? toRoom(row) : null;
}

/** The last seq of each room; rooms that do not exist are not in the map. */
export async function headsOf(sql: Queryable, roomIds: RoomId[]): Promise<Map<RoomId, number>> {
  const rows = await sql<{ id: RoomId; head_seq: string }[]>`
    select id, head_seq from rooms where id = any (${roomIds}::bigint[])`;
  return new Map(rows.map((row) => [row.id, Number(row.head_seq)]));
}

interface LoungeRow {
  id: LoungeId;
  slug: string;
  name: string;
  description: string;
  age_rating: AgeRating;
  room_id: RoomId | null;
  language: string | null;
  room_name: string | null;
}

interface RoomRow {
  id: RoomId;
  kind: RoomInfo["kind"];
  name: string;
  topic: string;
  language: string | null;
  head_seq: string;
  lounge_id: LoungeId | null;
  lounge_slug: string;
  lounge_name: string;
  age_rating: AgeRating;
  slug: string | null;
  visibility: Visibility | null;
  archived_at: Date | null;
  closed_at: Date | null;
  close_reason: string | null;
  ends_at: Date | null;
  capacity: number | null;
  encrypted: boolean;
  people: PersonRow[] | null;
}

export interface PersonRow {
  id: UserId;
  name: string;
  username: string | null;
  avatar: string | null;
}

function selectRooms(sql: Queryable) {
  return sql`
    select r.id, r.kind, r.name, r.topic, r.language, r.head_seq, r.slug, r.visibility, r.archived_at, r.closed_at,
      r.close_reason, r.ends_at, r.capacity, r.encrypted,
      r.lounge_id, l.slug as lounge_slug, l.name as lounge_name, l.age_rating, ${peopleOf(sql)} as people
    from rooms r left join lounges l on l.id = r.lounge_id`;
}

/** Who is in a direct room `r`, as JSON. Those who left are still who it was with. */
export function peopleOf(sql: Queryable) {
  return sql`case when r.kind = 'direct' then (
    select json_agg(json_build_object('id', u.id::text, 'name', u.name, 'username', u.username, 'avatar', u.avatar)
      order by u.id)
    from memberships m join users u on u.id = m.user_id where m.room_id = r.id
  ) end`;
}

export function toPeople(rows: PersonRow[]): Author[] {
  return rows.map(({ id, name, username, avatar }) => ({
    id,
    name,
    ...(username !== null && { username }),
    ...(avatar !== null && { avatar: avatarPath(avatar) }),
  }));
}

function toRoom(row: RoomRow): FoundRoom {
  const lounge = row.lounge_id !== null &&
    { id: row.lounge_id, slug: row.lounge_slug, name: row.lounge_name, ageRating: row.age_rating };
  const info: RoomInfo = {
    id: row.id,
    kind: row.kind,
    name: row.name,
    topic: row.topic,
    dir: directionOf(row.language),
    ...(row.language !== null && { language: row.language }),
    ...(lounge && { lounge }),
    ...(row.slug !== null && { slug: row.slug }),
    ...(row.visibility !== null && { visibility: row.visibility }),
    ...(row.archived_at && { archived: true }),
    ...(row.ends_at && { endsAt: row.ends_at.toISOString() }),
    ...(row.capacity !== null && { capacity: row.capacity }),
    ...(row.encrypted && { encrypted: true }),
    ...(row.people && { people: toPeople(row.people) }),
  };
  const closed = row.closed_at && { reason: row.close_reason ?? "" };
  return { info, headSeq: Number(row.head_seq), ...(closed && { closed }) };
}
