/** Invite links into slug rooms. Only keyed hashes of their tokens are kept. */
import type { Invite } from "../../lib/protocol/forms/rooms.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";
import { type PersonRow, toPeople } from "./rooms.ts";

export interface NewInvite {
  id: string;
  roomId: RoomId;
  tokenHash: Uint8Array;
  createdBy: UserId;
  createdAt: Date;
  /** `null`: never. */
  expiresAt: Date | null;
  /** `null`: any number. */
  maxUses: number | null;
}

export async function addInvite(sql: Queryable, invite: NewInvite): Promise<void> {
  await sql`
    insert into room_invites (id, room_id, token_hash, created_by, created_at, expires_at, max_uses)
    values (${invite.id}, ${invite.roomId}, ${invite.tokenHash}, ${invite.createdBy}, ${invite.createdAt},
      ${invite.expiresAt}, ${invite.maxUses})`;
}

/** Where an invite leads, and whether it still does; `null` when it is not known, or was taken back. */
export async function findInvite(
  sql: Queryable,
  tokenHash: Uint8Array,
  now: Date,
): Promise<{ roomId: RoomId; expiresAt: Date | null; usable: boolean } | null> {
  const [row] = await sql<{ room_id: RoomId; expires_at: Date | null; usable: boolean }[]>`
    select room_id, expires_at, ${usable(sql, now)} as usable from room_invites i
    where token_hash = ${tokenHash} and revoked_at is null`;
  return row ? { roomId: row.room_id, expiresAt: row.expires_at, usable: row.usable } : null;
}

/** Uses an invite up by one. In one statement, so that of any number who come at once no more get in than it has uses. */
export async function useInvite(
  sql: Queryable,
  { roomId, tokenHash, now }: { roomId: RoomId; tokenHash: Uint8Array; now: Date },
): Promise<boolean> {
  const used = await sql`
    update room_invites i set uses = i.uses + 1
    where room_id = ${roomId} and token_hash = ${tokenHash} and revoked_at is null and ${usable(sql, now)}`;
  return used.count === 1;
}

/** Those that can still be used, the newest first. @param createdBy only theirs */
export async function invitesOf(
  sql: Queryable,
  { roomId, createdBy, now }: { roomId: RoomId; createdBy?: UserId; now: Date },
): Promise<Invite[]> {
  const rows = await sql<Row[]>`
    select i.id, i.created_at, i.expires_at, i.uses, i.max_uses,
      case when u.id is not null then
        json_build_object('id', u.id::text, 'name', u.name, 'username', u.username, 'avatar', u.avatar)
      end as created_by
    from room_invites i left join users u on u.id = i.created_by
    where i.room_id = ${roomId} and i.revoked_at is null and ${usable(sql, now)}
      ${createdBy === undefined ? sql`` : sql`and i.created_by = ${createdBy}`}
    order by i.created_at desc, i.id`;
  return rows.map(toInvite);
}

/** False when there is no such invite of the room. @param createdBy only theirs */
export async function revokeInvite(
  sql: Queryable,
  { roomId, id, createdBy, now }: { roomId: RoomId; id: string; createdBy?: UserId; now: Date },
): Promise<boolean> {
  const revoked = await sql`
    update room_invites set revoked_at = ${now}
    where room_id = ${roomId} and id = ${id} and revoked_at is null
      ${createdBy === undefined ? sql`` : sql`and created_by = ${createdBy}`}`;
  return revoked.count === 1;
}

/** All that somebody has given out for a room. */
export async function revokeInvitesBy(
  sql: Queryable,
  roomId: RoomId,
  createdBy: UserId,
  now: Date,
): Promise<void> {
  await sql`
    update room_invites set revoked_at = ${now}
    where room_id = ${roomId} and created_by = ${createdBy} and revoked_at is null`;
}

interface Row {
  id: string;
  created_at: Date;
  expires_at: Date | null;
  uses: number;
  max_uses: number | null;
  created_by: PersonRow | null;
}

function usable(sql: Queryable, now: Date) {
  return sql`((i.expires_at is null or i.expires_at > ${now}) and (i.max_uses is null or i.uses < i.max_uses))`;
}

function toInvite({ id, created_at, expires_at, uses, max_uses, created_by }: Row): Invite {
  return {
    id,
    createdAt: created_at.toISOString(),
    uses,
    ...(created_by && { createdBy: toPeople([created_by])[0] }),
    ...(expires_at && { expiresAt: expires_at.toISOString() }),
    ...(max_uses !== null && { maxUses: max_uses, usesLeft: max_uses - uses }),
  };
}
