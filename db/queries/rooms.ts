/** Lounges and rooms, as anybody may see them. */
import type { LoungeId, RoomId } from "../../lib/protocol/ids.ts";
import type { AgeRating, LoungeView, RoomInfo } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { directionOf } from "./rows.ts";

/** A room and the last seq of its log. */
export interface FoundRoom {
  info: RoomInfo;
  headSeq: number;
}

/** Lounges by position, each with its language rooms in the order they were made. `online` is 0: who counts it is not the database. */
export async function listLounges(sql: Queryable): Promise<LoungeView[]> {
  const rows = await sql<LoungeRow[]>`
    select l.id, l.slug, l.name, l.description, l.age_rating, r.id as room_id, r.language, r.name as room_name
    from lounges l left join rooms r on r.lounge_id = l.id and r.kind = 'language'
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
}

function selectRooms(sql: Queryable) {
  return sql`
    select r.id, r.kind, r.name, r.topic, r.language, r.head_seq,
      r.lounge_id, l.slug as lounge_slug, l.name as lounge_name, l.age_rating
    from rooms r left join lounges l on l.id = r.lounge_id`;
}

function toRoom(row: RoomRow): FoundRoom {
  const lounge = row.lounge_id !== null &&
    { id: row.lounge_id, slug: row.lounge_slug, name: row.lounge_name, ageRating: row.age_rating };
  const info: RoomInfo = {
    id: row.id,
    kind: row.kind,
    name: row.name,
    topic: row.topic,
    ...(row.language !== null && { language: row.language }),
    dir: directionOf(row.language),
    ...(lounge && { lounge }),
  };
  return { info, headSeq: Number(row.head_seq) };
}
