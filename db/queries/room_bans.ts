/** Who may not be in which room. The database itself lets none of them in: see `refuse_the_banned`. */
import type { RoomBan } from "../../lib/protocol/forms/rooms.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Author } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { type PersonRow, toPeople } from "./rooms.ts";

export interface NewBan {
  roomId: RoomId;
  userId: UserId;
  bannedBy: UserId;
  reason: string;
  /** `null`: for good. */
  hours: number | null;
}

/** A new ban takes the place of an older one. @returns when it ends; `null`: never */
export async function addBan(sql: Queryable, ban: NewBan): Promise<Date | null> {
  const [row] = await sql<{ ends_at: Date | null }[]>`
    insert into room_bans (room_id, user_id, banned_by, reason, ends_at)
    values (${ban.roomId}, ${ban.userId}, ${ban.bannedBy}, ${ban.reason},
      now() + make_interval(hours => ${ban.hours}::int))
    on conflict (room_id, user_id) do update set banned_by = excluded.banned_by, reason = excluded.reason,
      created_at = excluded.created_at, ends_at = excluded.ends_at, lifted_at = null
    returning ends_at`;
  return row!.ends_at;
}

/** False when none was in force. */
export async function liftBan(sql: Queryable, roomId: RoomId, userId: UserId): Promise<boolean> {
  const lifted = await sql`
    update room_bans b set lifted_at = now()
    where room_id = ${roomId} and user_id = ${userId} and ${inForce(sql)}`;
  return lifted.count === 1;
}

/** Those in force, the newest first. */
export async function bansOf(sql: Queryable, roomId: RoomId): Promise<RoomBan[]> {
  const rows = await sql<Row[]>`
    select u.id, u.name, u.username, u.avatar, b.reason, b.created_at, b.ends_at,
      case when o.id is not null then
        json_build_object('id', o.id::text, 'name', o.name, 'username', o.username, 'avatar', o.avatar)
      end as banned_by
    from room_bans b join users u on u.id = b.user_id left join users o on o.id = b.banned_by
    where b.room_id = ${roomId} and ${inForce(sql)} order by b.created_at desc, u.id`;
  return rows.map(toBan);
}

interface Row extends PersonRow {
  reason: string;
  created_at: Date;
  ends_at: Date | null;
  banned_by: PersonRow | null;
}

function inForce(sql: Queryable) {
  return sql`b.lifted_at is null and (b.ends_at is null or b.ends_at > now())`;
}

function toBan({ reason, created_at, ends_at, banned_by, ...person }: Row): RoomBan {
  const [banned, by] = toPeople(banned_by ? [person, banned_by] : [person]) as [Author, Author?];
  return {
    person: banned,
    reason,
    createdAt: created_at.toISOString(),
    ...(by && { bannedBy: by }),
    ...(ends_at && { endsAt: ends_at.toISOString() }),
  };
}
