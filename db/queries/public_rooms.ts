/** The directory of public rooms. */
import type { PublicRoom } from "../../lib/protocol/forms/rooms.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

/** Where a page of the directory ends: the last room's last activity, in microseconds of the epoch, and its id. */
export interface DirectoryPlace {
  activeAt: string;
  id: RoomId;
}

export interface DirectorySearch {
  /** Each must begin a word of name, topic or address; letters and digits only. Empty: all rooms. */
  words: readonly string[];
  after?: DirectoryPlace;
  limit: number;
}

/** Public rooms by their last activity, the latest first. How many people are there now is not the database's to know. */
export async function publicRooms(
  sql: Queryable,
  { words, after, limit }: DirectorySearch,
): Promise<{ rooms: Omit<PublicRoom, "online">[]; next: DirectoryPlace | null }> {
  const rows = await sql<Row[]>`
    with found as (
      select r.id, r.slug, r.name, r.topic, coalesce(m.created_at, r.created_at) as active_at
      from rooms r left join lateral (
        select created_at from messages where room_id = r.id order by seq desc limit 1
      ) m on true
      where r.visibility = 'public' and r.archived_at is null and r.closed_at is null ${matching(sql, words)}
    )
    select f.*, (extract(epoch from f.active_at) * 1000000)::bigint as active_us,
      (select count(*)::int from memberships s where s.room_id = f.id and s.left_at is null) as members
    from found f
    ${
    after
      ? sql`where (f.active_at, f.id) < (to_timestamp(0) + ${after.activeAt}::bigint * interval '1 microsecond', ${after.id}::bigint)`
      : sql``
  }
    order by f.active_at desc, f.id desc limit ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rooms: shown.map(toPublicRoom),
    next: rows.length > limit && last ? { activeAt: last.active_us, id: last.id } : null,
  };
}

interface Row {
  id: RoomId;
  slug: string;
  name: string;
  topic: string;
  active_at: Date;
  active_us: string;
  members: number;
}

/** In the very words of the index `rooms_directory`. */
function matching(sql: Queryable, words: readonly string[]) {
  if (words.length === 0) return sql``;
  const query = words.map((word) => `${word}:*`).join(" & ");
  return sql`
    and to_tsvector('simple', r.name || ' ' || r.topic || ' ' || r.slug) @@ to_tsquery('simple', ${query})`;
}

function toPublicRoom({ id, slug, name, topic, active_at, members }: Row): Omit<PublicRoom, "online"> {
  return { id, slug, name, topic, memberCount: members, activeAt: active_at.toISOString() };
}
