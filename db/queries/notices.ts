/** What is still to be told of rooms, and to whom: see decision 25. */
import type { QuietHours } from "../../lib/protocol/forms/notifications.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";
import { quietOf, type QuietRow } from "./notifications.ts";

/** Messages that were just kept, a room's together. */
export interface Said {
  roomId: RoomId;
  firstSeq: number;
  lastSeq: number;
  /** When they are all of one author. */
  author: UserId | null;
  /** Whom they name. */
  named: UserId[];
  /** What they answer. */
  answered: number[];
}

/** Messages of one window count up to so many: more is "many". */
const COUNTED = 200;

/**
 * Arranges for rooms in which these messages may concern somebody who has a device: they are looked at when it is `due`.
 * Which that are is told by indexes that hold those people alone, so that a room without them costs one look, however many
 * are in it.
 * @param stuckBefore a look that was due by then has been lost, and is arranged anew
 * @returns the rooms for which there was no look arranged yet
 */
export async function arrangeLooks(
  sql: Queryable,
  said: Said[],
  { due, stuckBefore }: { due: Date; stuckBefore: Date },
): Promise<RoomId[]> {
  const named = said.flatMap(({ roomId, named }) => named.map((userId) => ({ roomId, userId })));
  const answered = said.flatMap(({ roomId, answered }) => answered.map((seq) => ({ roomId, seq })));
  const rows = await sql<{ room_id: RoomId }[]>`
    with said as (
      select * from unnest(
        ${said.map(({ roomId }) => roomId)}::bigint[], ${said.map(({ firstSeq }) => firstSeq)}::bigint[],
        ${said.map(({ lastSeq }) => lastSeq)}::bigint[], ${said.map(({ author }) => author)}::bigint[]
      ) as s (room_id, first_seq, last_seq, author)
    ), named as (
      select * from unnest(
        ${named.map(({ roomId }) => roomId)}::bigint[], ${named.map(({ userId }) => userId)}::bigint[]
      ) as n (room_id, user_id)
    ), answered as (
      select a.room_id, m.author_id as user_id from unnest(
        ${answered.map(({ roomId }) => roomId)}::bigint[], ${answered.map(({ seq }) => seq)}::bigint[]
      ) as a (room_id, seq) join messages m on m.room_id = a.room_id and m.seq = a.seq
    ), meant as (
      select n.room_id from (select * from named union select * from answered) n
      where exists (select from push_subscriptions p where p.user_id = n.user_id)
    )
    insert into notices as n (room_id, from_seq, due_at)
    select s.room_id, s.first_seq, ${due} from said s
    where s.room_id in (select room_id from meant) or exists (
      select from room_listeners l where l.room_id = s.room_id and l.user_id is distinct from s.author)
    on conflict (room_id) do update set due_at = excluded.due_at, from_seq = case
        when n.due_at is null then greatest(excluded.from_seq, n.told_seq + 1) else n.from_seq end
      where (n.due_at is null or n.due_at < ${stuckBefore})
        and (select s.last_seq from said s where s.room_id = n.room_id) > n.told_seq
    returning n.room_id`;
  return rows.map(({ room_id }) => room_id);
}

/** What a look is to look at. */
export interface Span {
  fromSeq: number;
  toSeq: number;
}

/** Begins a look: what has been said until now belongs to it alone. Null when there is none to be had. */
export async function beginLook(sql: Queryable, roomId: RoomId): Promise<Span | null> {
  const [row] = await sql<{ from_seq: string; told_seq: string }[]>`
    update notices n set due_at = null, told_seq = r.head_seq from rooms r
    where n.room_id = ${roomId} and r.id = n.room_id and n.due_at is not null
    returning n.from_seq, n.told_seq`;
  return row ? { fromSeq: Number(row.from_seq), toSeq: Number(row.told_seq) } : null;
}

/** Somebody who is to be told of a room, unless they are there or want quiet. */
export interface ToTell {
  userId: UserId;
  /** Messages that concern them, {@link COUNTED} at most. */
  count: number;
  /** The last of them. */
  seq: number;
  /** Some name them or answer them. */
  named: boolean;
  quiet: QuietHours | null;
  /** Ids of their devices. */
  devices: string[];
}

/**
 * Whom messages of a span concern, who have not read them, want to be told, may read the room, and can be reached.
 * Nobody is told of their own words, nor of those of people they have blocked.
 */
export async function peopleToTell(
  sql: Queryable,
  roomId: RoomId,
  { fromSeq, toSeq }: Span,
  at: Date,
): Promise<ToTell[]> {
  const rows = await sql<
    (QuietRow & { user_id: UserId; count: number; seq: string; named: boolean; devices: string[] })[]
  >`
    with said as materialized (
      select m.seq, m.author_id, m.reply_to_seq from messages m
      where m.room_id = ${roomId} and m.seq between ${fromSeq} and ${toSeq}
        and m.deleted_at is null and m.kind <> 'SYSTEM' and m.author_id is not null
      order by m.seq desc limit ${COUNTED}
    ), meant as (
      select l.user_id, s.seq, s.author_id, false as named from said s, room_listeners l where l.room_id = ${roomId}
      union all
      select n.user_id, s.seq, s.author_id, true from said s
      join mentions n on n.room_id = ${roomId} and n.seq = s.seq
      union all
      select a.author_id, s.seq, s.author_id, true from said s
      join messages a on a.room_id = ${roomId} and a.seq = s.reply_to_seq where a.author_id is not null
    ), unread as (
      select t.user_id, count(distinct t.seq)::int as count, max(t.seq) as seq, bool_or(t.named) as named
      from meant t left join read_pointers p on p.user_id = t.user_id and p.room_id = ${roomId}
      where t.user_id <> t.author_id and t.seq > coalesce(p.seq, 0)
        and not exists (select from blocks b where b.user_id = t.user_id and b.blocked_id = t.author_id)
      group by t.user_id
    )
    select t.user_id, t.count, t.seq, t.named, s.quiet_from, s.quiet_to, s.time_zone, array_agg(d.id) as devices
    from unread t
    join rooms r on r.id = ${roomId} and r.kind <> 'ghost'
    left join lounges l on l.id = r.lounge_id
    join users u on u.id = t.user_id and u.tier = 'member' and u.erased_at is null
    left join notification_settings s on s.user_id = t.user_id
    join push_subscriptions d on d.user_id = t.user_id
    join sessions e on e.id = d.session_id and e.revoked_at is null and e.expires_at > ${at}
    where level_of(t.user_id, r.id, r.kind) <> 'nothing' and (s.muted_until is null or s.muted_until <= ${at})
      and may_read(r.id, t.user_id) and not is_banned(r.id, t.user_id)
      and (l.age_rating is distinct from '_18PLUS_RED' or u.age_category = '_18PLUS_RED')
    group by t.user_id, t.count, t.seq, t.named, s.quiet_from, s.quiet_to, s.time_zone`;
  return rows.map((row) => ({
    userId: row.user_id,
    count: row.count,
    seq: Number(row.seq),
    named: row.named,
    quiet: quietOf(row),
    devices: row.devices,
  }));
}

/** Those of these messages that somebody has read by now. */
export async function readAmong(
  sql: Queryable,
  userId: UserId,
  messages: { roomId: RoomId; seq: number }[],
): Promise<{ roomId: RoomId; seq: number }[]> {
  const rows = await sql<{ room_id: RoomId; seq: string }[]>`
    select m.room_id, m.seq from unnest(
      ${messages.map(({ roomId }) => roomId)}::bigint[], ${messages.map(({ seq }) => seq)}::bigint[]
    ) as m (room_id, seq)
    join read_pointers p on p.user_id = ${userId} and p.room_id = m.room_id and p.seq >= m.seq`;
  return rows.map(({ room_id, seq }) => ({ roomId: room_id, seq: Number(seq) }));
}
