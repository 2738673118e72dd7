/** A room's log: what happened after a seq. Complete, because a room's seqs commit in order (see the migration). */
import type { DurableEvent } from "../../lib/protocol/events.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";
import { type LogRow, toEvent } from "./rows.ts";

const DAY_MILLISECONDS = 86_400_000;

/**
 * The events after each room's cursor, in order, at most `limit` a room. One query for all rooms. Rooms without
 * news are not in the map. Words of messages deleted since are left out, in edits too.
 */
export async function eventsAfter(
  sql: Queryable,
  cursors: { roomId: RoomId; after: number }[],
  limit: number,
): Promise<Map<RoomId, DurableEvent[]>> {
  const news = new Map<RoomId, DurableEvent[]>();
  if (cursors.length === 0) return news;
  const rows = await sql<LogRow[]>`
    select e.*, case when e.type = 'new_message' and strpos(e.body, '@') > 0 then (
        select array_agg(n.user_id::text) from mentions n where n.room_id = e.room_id and n.seq = e.seq
      ) end as mentions, u.name as author_name, u.username as author_username, u.avatar as author_avatar
    from unnest(
      ${cursors.map((cursor) => cursor.roomId)}::bigint[],
      ${cursors.map((cursor) => cursor.after)}::bigint[]
    ) as c (room_id, after)
    cross join lateral (
      (select m.room_id, m.seq, 'new_message' as type, null::bigint as target_seq, m.client_id, m.kind,
         case when m.deleted_at is null then m.body else '' end as body, m.author_id, m.reply_to_seq,
         case when m.deleted_at is null then m.attachments end as attachments,
         m.created_at, m.edited_at, m.deleted_at, null::bigint as actor_id, null as emoji, null::boolean as on,
         null::jsonb as previews
       from messages m where m.room_id = c.room_id and m.seq > c.after order by m.seq limit ${limit})
      union all
      (select r.room_id, r.seq, r.type, r.target_seq, null, null,
         case when t.deleted_at is null then coalesce(r.data ->> 'body', '') else '' end, null, null, null,
         r.created_at, null, null, r.actor_id, r.data ->> 'emoji', (r.data -> 'on')::boolean,
         case when t.deleted_at is null then r.data -> 'previews' end
       from room_events r left join messages t on t.room_id = r.room_id and t.seq = r.target_seq
       where r.room_id = c.room_id and r.seq > c.after order by r.seq limit ${limit})
      order by seq limit ${limit}
    ) e
    left join users u on u.id = e.author_id
    order by e.room_id, e.seq`;
  for (const row of rows) {
    const events = news.get(row.room_id);
    if (events) events.push(toEvent(row));
    else news.set(row.room_id, [toEvent(row)]);
  }
  return news;
}

/**
 * What somebody missed who has seen everything up to `after`. `complete` says that the events are all of it up to
 * `headSeq`; it is false, and the events empty, when that is over `maxEvents`, begins more than `maxDays` ago, or
 * the log does not reach back (or forward) to `after`.
 */
export async function resumeAfter(
  sql: Queryable,
  roomId: RoomId,
  after: number,
  { reader, maxEvents, maxDays }: { reader: UserId | null; maxEvents: number; maxDays: number },
): Promise<{ complete: boolean; headSeq: number; events: DurableEvent[] }> {
  const [room] = await sql<{ head_seq: string }[]>`
    select head_seq from rooms where id = ${roomId} and may_read(${roomId}, ${reader})`;
  const headSeq = Number(room?.head_seq ?? 0);
  if (!room || after > headSeq || headSeq - after > maxEvents) {
    return { complete: false, headSeq, events: [] };
  }
  if (after === headSeq) return { complete: true, headSeq, events: [] };
  const found = (await eventsAfter(sql, [{ roomId, after }], headSeq - after)).get(roomId) ?? [];
  const unbroken = found.length === headSeq - after && found.every((event, i) => event.seq === after + 1 + i);
  const oldest = Date.now() - maxDays * DAY_MILLISECONDS;
  if (!unbroken || happenedAt(found[0]!) < oldest) return { complete: false, headSeq, events: [] };
  return { complete: true, headSeq, events: found };
}

function happenedAt(event: DurableEvent): number {
  switch (event.type) {
    case "new_message":
      return Date.parse(event.message.createdAt);
    case "message_edited":
      return Date.parse(event.editedAt);
    case "message_deleted":
      return Date.parse(event.deletedAt);
    case "reaction":
    case "message_pinned":
    case "message_previews":
      return Date.parse(event.at);
  }
}
