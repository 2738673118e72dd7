/** The rooms that somebody goes to, and what is new to them there. */
import type { NotifyLevel } from "../../lib/protocol/forms/notifications.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type {
  AgeRating,
  Attachment,
  Message,
  MessageKind,
  MyRoom,
  RoomRole,
} from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { peopleOf, type PersonRow, toPeople } from "./rooms.ts";
import { directionOf } from "./rows.ts";

/** More than lists show: nobody waits for thousands to be counted. */
const UNREAD_COUNTED = 100;

/** How many people are there now is not the database's to know, nor what a message says in a line. */
export interface MyRoomRow extends Omit<MyRoom, "online" | "last"> {
  last: LastMessage | null;
}

/** What was said last, as it was said; without words and files once it is deleted. */
export interface LastMessage extends Pick<Message, "kind" | "body" | "createdAt" | "deletedAt"> {
  /** Null for what the house says. */
  author: { id: UserId; name: string } | null;
  attachments: Pick<Attachment, "name" | "width">[];
}

/**
 * The rooms somebody is a member of, and the language rooms they have read or written in; the latest activity first.
 * Who has no read pointer in a lounge, for want of scripts, has read up to their own last words.
 */
export async function roomsOf(sql: Queryable, userId: UserId): Promise<MyRoomRow[]> {
  const rows = await sql<Row[]>`
    with mine as (
      select m.room_id as id, m.role from memberships m where m.user_id = ${userId} and m.left_at is null
      union all
      select r.id, null from rooms r where r.kind = 'language' and r.archived_at is null and (
        exists (select from read_pointers p where p.user_id = ${userId} and p.room_id = r.id)
        or exists (select from messages m where m.room_id = r.id and m.author_id = ${userId}))
    )
    select r.id, r.kind, r.language, r.name, r.slug, r.archived_at is not null as archived, mine.role,
      l.slug as lounge_slug, l.name as lounge_name, l.age_rating, ${peopleOf(sql)} as people,
      r.head_seq, coalesce(p.seq, own.seq, 0) as read_seq,
      (select count(*)::int from (
        select from messages n where n.room_id = r.id and n.seq > coalesce(p.seq, own.seq, 0)
          and n.author_id is distinct from ${userId} and n.deleted_at is null limit ${UNREAD_COUNTED}
      ) new) as unread,
      (select count(*)::int from mentions n
        where n.user_id = ${userId} and n.room_id = r.id and n.seq > coalesce(p.seq, own.seq, 0)) as mentions,
      (select v.level from room_levels v where v.user_id = ${userId} and v.room_id = r.id) as level,
      m.kind as message_kind, case when m.deleted_at is null then m.body else '' end as body,
      case when m.deleted_at is null then m.attachments end as attachments,
      m.deleted_at, m.created_at, m.author_id, u.name as author
    from mine
    join rooms r on r.id = mine.id and r.kind <> 'ghost' and r.closed_at is null
    left join lounges l on l.id = r.lounge_id
    left join read_pointers p on p.room_id = r.id and p.user_id = ${userId}
    left join lateral (
      select max(seq) as seq from messages where p.seq is null and room_id = r.id and author_id = ${userId}
    ) own on true
    left join lateral (
      select kind, body, attachments, deleted_at, created_at, author_id from messages
      where room_id = r.id order by seq desc limit 1
    ) m on true
    left join users u on u.id = m.author_id
    order by coalesce(m.created_at, r.created_at) desc, r.id`;
  return rows.map(toMyRoom);
}

interface Row {
  id: RoomId;
  kind: MyRoom["kind"];
  language: string | null;
  name: string;
  slug: string | null;
  archived: boolean;
  role: RoomRole | null;
  lounge_slug: string | null;
  lounge_name: string;
  age_rating: AgeRating;
  people: PersonRow[] | null;
  head_seq: string;
  read_seq: string;
  unread: number;
  mentions: number;
  level: NotifyLevel | null;
  message_kind: MessageKind | null;
  body: string | null;
  attachments: LastMessage["attachments"] | null;
  deleted_at: Date | null;
  created_at: Date | null;
  author_id: UserId | null;
  author: string | null;
}

function toMyRoom(row: Row): MyRoomRow {
  const lounge = row.lounge_slug !== null &&
    { slug: row.lounge_slug, name: row.lounge_name, ageRating: row.age_rating };
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    dir: directionOf(row.language),
    role: row.role,
    headSeq: Number(row.head_seq),
    readSeq: Number(row.read_seq),
    unread: row.unread,
    mentions: row.mentions,
    last: lastMessage(row),
    ...(row.language !== null && { language: row.language }),
    ...(lounge && { lounge }),
    ...(row.slug !== null && { slug: row.slug }),
    ...(row.archived && { archived: true }),
    ...(row.people && { people: toPeople(row.people) }),
    ...(row.level !== null && { level: row.level }),
  };
}

function lastMessage(row: Row): LastMessage | null {
  const { created_at, message_kind, body, attachments, deleted_at, author_id, author } = row;
  if (!created_at || !message_kind) return null;
  return {
    kind: message_kind,
    body: body ?? "",
    attachments: attachments ?? [],
    author: author_id === null ? null : { id: author_id, name: author ?? "" },
    createdAt: created_at.toISOString(),
    ...(deleted_at && { deletedAt: deleted_at.toISOString() }),
  };
}
