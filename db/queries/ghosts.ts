/** Ghost rooms and their ghosts: people of one room, who hold a place in it while they are seen. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Viewer } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { sqlState } from "./sqlstate.ts";
import { toViewer, type ViewerRow } from "./users.ts";

export interface NewGhostRoom {
  /** Keyed, as is `ownerKeyHash`: neither the link nor the right to close the room can be read here. */
  tokenHash: Uint8Array;
  ownerKeyHash: Uint8Array;
  name: string;
  capacity: number;
  encrypted: boolean;
  keyCheck?: string;
  createdAt: Date;
  endsAt: Date;
}

/** Nobody's: whose account it was made from is not kept. */
export async function createGhostRoom(sql: Queryable, room: NewGhostRoom): Promise<RoomId> {
  const [row] = await sql<{ id: RoomId }[]>`
    insert into rooms (kind, name, token_hash, owner_key_hash, capacity, encrypted, key_check, created_at, ends_at)
    values ('ghost', ${room.name}, ${room.tokenHash}, ${room.ownerKeyHash}, ${room.capacity}, ${room.encrypted},
      ${room.keyCheck ?? null}, ${room.createdAt}, ${room.endsAt})
    returning id`;
  return row!.id;
}

/** What a room's own row does not say in every query. */
export interface GhostRoomState {
  createdAt: Date;
  keyCheck: string | null;
  /** Places held now. */
  places: number;
}

/** @param seconds how long ago somebody may last have been seen to hold their place */
export async function ghostRoomState(
  sql: Queryable,
  roomId: RoomId,
  seconds: number,
): Promise<GhostRoomState | null> {
  const [row] = await sql<{ created_at: Date; key_check: string | null; places: number }[]>`
    select r.created_at, r.key_check, (select count(*)::int from memberships m
      where m.room_id = r.id and m.last_seen_at > clock_timestamp() - make_interval(secs => ${seconds})) as places
    from rooms r where r.id = ${roomId} and r.kind = 'ghost'`;
  return row ? { createdAt: row.created_at, keyCheck: row.key_check, places: row.places } : null;
}

/**
 * A new ghost, without a place so far; `null` when the room is over. Holds the room's row, so that whoever ends the room
 * meanwhile finds them in it, or they find it ended.
 */
export async function createGhost(
  sql: Queryable,
  { roomId, name, expiresAt }: { roomId: RoomId; name: string; expiresAt: Date },
): Promise<Viewer | null> {
  const [row] = await sql<ViewerRow[]>`
    with room as (
      select id from rooms where id = ${roomId} and closed_at is null and ends_at > clock_timestamp() for update
    )
    insert into users (tier, name, age_category, expires_at, home_room)
    select 'ghost', ${name}, '_18PLUS', ${expiresAt}, id from room
    returning id, name, tier, age_category, role, username, avatar, home_room`;
  return row ? toViewer(row) : null;
}

/** `full`: no place is left. `taken`: somebody who holds a place has that nickname. `gone`: the ghost is no more. */
export type Place = "ok" | "full" | "taken" | "gone";

const FOREIGN_KEY_VIOLATION = "23503";

/** @param seconds how long ago somebody may last have been seen to hold their place */
export async function takePlace(
  sql: Queryable,
  roomId: RoomId,
  ghost: UserId,
  seconds: number,
): Promise<Place> {
  try {
    const [row] = await sql<{ place: Place }[]>`
      select take_place(${roomId}, ${ghost}, clock_timestamp() - make_interval(secs => ${seconds})) as place`;
    return row!.place;
  } catch (error) {
    if (sqlState(error) === FOREIGN_KEY_VIOLATION) return "gone";
    throw error;
  }
}

/**
 * They are seen now: those who hold their place keep it, and are named. Who was away for longer has to take it anew, for
 * somebody else may have it. The rooms are locked first and the time is read after that, or a place could be kept and
 * given away at the same moment.
 */
export async function keepPlaces(
  sql: Queryable,
  ghosts: { id: UserId; room: RoomId }[],
  seconds: number,
): Promise<UserId[]> {
  const rows = await sql<{ user_id: UserId }[]>`
    with locked as materialized (
      select id from rooms where id = any (${[...new Set(ghosts.map(({ room }) => room))]}::bigint[])
      order by id for no key update
    ), moment as materialized (
      select clock_timestamp() - make_interval(secs => ${seconds}) as alive_since from (select count(*) from locked) l
    )
    update memberships m set last_seen_at = clock_timestamp() from moment
    where m.user_id = any (${ghosts.map(({ id }) => id)}::bigint[]) and m.left_at is null
      and m.last_seen_at > moment.alive_since
    returning m.user_id`;
  return rows.map(({ user_id }) => user_id);
}

/**
 * Closes a room before its time.
 * @returns false when the key is not the room's, or the room is over
 */
export async function closeGhostRoom(
  sql: Queryable,
  roomId: RoomId,
  { ownerKeyHash, reason, at }: { ownerKeyHash: Uint8Array; reason: string; at: Date },
): Promise<boolean> {
  const closed = await sql`
    update rooms set closed_at = ${at}, close_reason = ${reason}
    where id = ${roomId} and kind = 'ghost' and owner_key_hash = ${ownerKeyHash} and closed_at is null`;
  return closed.count === 1;
}
