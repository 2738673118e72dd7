/** What a search shows of the messages that it found. */
import { avatarPath } from "../../lib/protocol/avatars.ts";
import type { SearchRoom } from "../../lib/protocol/forms/search.ts";
import { type MessageId, messageIdOf, type RoomId, type UserId } from "../../lib/protocol/ids.ts";
import type { AgeRating, Author, RoomKind } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { peopleOf, type PersonRow, toPeople } from "./rooms.ts";
import { directionOf, type StoredAttachment } from "./rows.ts";
import type { Hit } from "./search.ts";
import { micros } from "./search_index.ts";

/** A message that was found, as it stands now. */
export interface FoundMessage {
  id: MessageId;
  seq: number;
  room: SearchRoom;
  author: Author;
  /** ISO 8601, UTC. */
  createdAt: string;
  edited: boolean;
  body: string;
  files: StoredAttachment[];
}

/** In the order of `hits`; without those that meanwhile are another version, are gone, or may not be read any more. */
export async function foundMessages(
  sql: Queryable,
  hits: readonly Hit[],
  { reader, red }: { reader: UserId; red: boolean },
): Promise<FoundMessage[]> {
  if (hits.length === 0) return [];
  const rows = await sql<Row[]>`
    select m.room_id, m.seq, m.body, m.attachments, m.created_at, m.edited_at is not null as edited,
      u.id as author_id, u.name as author_name, u.username, u.avatar,
      r.kind, r.name, r.slug, r.language, l.slug as lounge_slug, l.name as lounge_name, l.age_rating, ${
    peopleOf(sql)
  } as people
    from unnest(${hits.map(({ roomId }) => roomId)}::bigint[], ${hits.map(({ seq }) => seq)}::bigint[],
      ${hits.map(({ editedAt }) => editedAt)}::bigint[]) with ordinality as h (room_id, seq, edited_us, ord)
    join messages m on m.room_id = h.room_id and m.seq = h.seq and m.deleted_at is null
      and ${micros(sql, "m.edited_at")} is not distinct from h.edited_us
    join users u on u.id = m.author_id
    join rooms r on r.id = m.room_id left join lounges l on l.id = r.lounge_id
    where may_read(m.room_id, ${reader}) and (l.id is null or l.age_rating = '_18PLUS' or ${red})
    order by h.ord`;
  return rows.map(toFound);
}

interface Row {
  room_id: RoomId;
  seq: string;
  body: string;
  attachments: StoredAttachment[] | null;
  created_at: Date;
  edited: boolean;
  author_id: UserId;
  author_name: string;
  username: string | null;
  avatar: string | null;
  kind: Exclude<RoomKind, "ghost">;
  name: string;
  slug: string | null;
  language: string | null;
  lounge_slug: string | null;
  lounge_name: string;
  age_rating: AgeRating;
  people: PersonRow[] | null;
}

function toFound(row: Row): FoundMessage {
  const lounge = row.lounge_slug !== null &&
    { slug: row.lounge_slug, name: row.lounge_name, ageRating: row.age_rating };
  return {
    id: messageIdOf(row.room_id, Number(row.seq)),
    seq: Number(row.seq),
    room: {
      id: row.room_id,
      kind: row.kind,
      name: row.name,
      dir: directionOf(row.language),
      ...(row.language !== null && { language: row.language }),
      ...(row.slug !== null && { slug: row.slug }),
      ...(lounge && { lounge }),
      ...(row.people && { people: toPeople(row.people) }),
    },
    author: {
      id: row.author_id,
      name: row.author_name,
      ...(row.username !== null && { username: row.username }),
      ...(row.avatar !== null && { avatar: avatarPath(row.avatar) }),
    },
    createdAt: row.created_at.toISOString(),
    edited: row.edited,
    body: row.body,
    files: row.attachments ?? [],
  };
}
