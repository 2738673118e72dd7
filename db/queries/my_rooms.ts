/** The rooms that somebody goes to, and what is new to them there. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { AgeRating } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { directionOf } from "./rows.ts";

export interface MyRoomRow {
  id: RoomId;
  lounge: { slug: string; name: string; ageRating: AgeRating };
  language: string;
  name: string;
  dir: "ltr" | "rtl";
  unread: number;
  last?: { author?: string; body: string; deleted: boolean; at: string };
}

/**
 * Language rooms that somebody has read or written in, the latest activity first. Unread is the room's head less the
 * read pointer; who has none, for want of scripts, has read up to their own last words.
 */
export async function roomsOf(sql: Queryable, userId: UserId): Promise<MyRoomRow[]> {
  const rows = await sql<Row[]>`
    select r.id, r.language, r.name, l.slug, l.name as lounge, l.age_rating,
      r.head_seq - coalesce(p.seq, own.seq) as unread,
      case when m.deleted_at is null then m.body else '' end as body,
      m.deleted_at is not null as deleted, m.created_at, u.name as author
    from rooms r
    join lounges l on l.id = r.lounge_id
    left join read_pointers p on p.room_id = r.id and p.user_id = ${userId}
    left join lateral (
      select max(seq) as seq from messages where p.seq is null and room_id = r.id and author_id = ${userId}
    ) own on true
    left join lateral (
      select body, deleted_at, created_at, author_id from messages
      where room_id = r.id order by seq desc limit 1
    ) m on true
    left join users u on u.id = m.author_id
    where r.kind = 'language' and coalesce(p.seq, own.seq) is not null
    order by coalesce(m.created_at, r.created_at) desc, r.id`;
  return rows.map(toMyRoom);
}

interface Row {
  id: RoomId;
  language: string;
  name: string;
  slug: string;
  lounge: string;
  age_rating: AgeRating;
  unread: string;
  body: string | null;
  deleted: boolean;
  created_at: Date | null;
  author: string | null;
}

function toMyRoom(row: Row): MyRoomRow {
  const last = row.created_at && {
    body: row.body ?? "",
    deleted: row.deleted,
    at: row.created_at.toISOString(),
    ...(row.author !== null && { author: row.author }),
  };
  return {
    id: row.id,
    lounge: { slug: row.slug, name: row.lounge, ageRating: row.age_rating },
    language: row.language,
    name: row.name,
    dir: directionOf(row.language),
    unread: Number(row.unread),
    ...(last && { last }),
  };
}
