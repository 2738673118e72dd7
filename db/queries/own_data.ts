/** All that is kept of one person, for them to take along. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

export interface OwnAccount {
  id: UserId;
  tier: string;
  name: string;
  username: string | null;
  email: string | null;
  phoneSealed: Uint8Array | null;
  birthYear: number | null;
  bio: string;
  languages: string[];
  ageCategory: string;
  role: string;
  avatar: string | null;
  secondFactorSince: Date | null;
  createdAt: Date;
  erasedAt: Date | null;
}

export async function ownAccount(sql: Queryable, userId: UserId): Promise<OwnAccount | null> {
  const [row] = await sql<OwnAccount[]>`
    select id, tier, name, username, email, phone_sealed as "phoneSealed", birth_year as "birthYear", bio, languages,
      age_category as "ageCategory", role, avatar, totp_confirmed_at as "secondFactorSince", created_at as "createdAt",
      erased_at as "erasedAt"
    from users where id = ${userId}`;
  return row ?? null;
}

/** Plain rows: what they are called here is what they are called in the export. */
type Rows = Record<string, unknown>[];

export function ownSessions(sql: Queryable, userId: UserId): Promise<Rows> {
  return sql`
    select created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt", revoked_at as "endedAt",
      user_agent as "userAgent", address
    from sessions where user_id = ${userId} order by created_at`;
}

export function ownPasskeys(sql: Queryable, userId: UserId): Promise<Rows> {
  return sql`
    select name, created_at as "createdAt", last_used_at as "lastUsedAt"
    from passkeys where user_id = ${userId} order by created_at`;
}

export function ownBlocks(sql: Queryable, userId: UserId): Promise<Rows> {
  return sql`
    select b.blocked_id as "userId", u.name, u.username, b.created_at as "blockedAt"
    from blocks b join users u on u.id = b.blocked_id where b.user_id = ${userId} order by b.created_at`;
}

/** What they want to be told, and the browsers it is told on: their addresses open nothing but themselves, and stay here. */
export async function ownNotifications(sql: Queryable, userId: UserId): Promise<Record<string, unknown>> {
  const [settings = null] = await sql`
    select direct_level as "directLevel", rooms_level as "roomsLevel", hide_words as "hideWords",
      quiet_from as "quietFromMinute", quiet_to as "quietToMinute", time_zone as "timeZone", muted_until as "mutedUntil"
    from notification_settings where user_id = ${userId}`;
  const rooms = await sql`
    select room_id as "roomId", level from room_levels where user_id = ${userId} order by room_id`;
  const devices = await sql`
    select p.created_at as "createdAt", p.last_ok_at as "lastReachedAt", s.user_agent as "userAgent"
    from push_subscriptions p join sessions s on s.id = p.session_id where p.user_id = ${userId} order by p.created_at`;
  return { settings, rooms, devices };
}

/** What the audit log says that they did, or was done to them. */
export function ownAuditEntries(sql: Queryable, userId: UserId): Promise<Rows> {
  return sql`
    select at, action, detail from audit_log where actor_id = ${userId} or subject_id = ${userId} order by id`;
}

export function ownReadPointers(sql: Queryable, userId: UserId): Promise<Rows> {
  return sql`
    select room_id as "roomId", seq, updated_at as "updatedAt"
    from read_pointers where user_id = ${userId} order by room_id`;
}

/** Rooms they are or were members of, and what was decided about them there. */
export function ownMemberships(sql: Queryable, userId: UserId): Promise<Rows> {
  return sql`
    select r.id as "roomId", r.kind, r.name, r.slug, m.role, m.joined_at as "joinedAt", m.left_at as "leftAt", m.kicked,
      b.created_at as "bannedAt", b.ends_at as "bannedUntil", b.lifted_at as "banLiftedAt", b.reason as "banReason"
    from (
      select room_id from memberships where user_id = ${userId} union select room_id from room_bans where user_id = ${userId}
    ) t
    join rooms r on r.id = t.room_id
    left join memberships m on m.room_id = r.id and m.user_id = ${userId}
    left join room_bans b on b.room_id = r.id and b.user_id = ${userId}
    order by r.id`;
}

export function ownInvites(sql: Queryable, userId: UserId): Promise<Rows> {
  return sql`
    select room_id as "roomId", created_at as "createdAt", expires_at as "expiresAt", max_uses as "maxUses", uses,
      revoked_at as "revokedAt"
    from room_invites where created_by = ${userId} order by created_at`;
}

export interface OwnRoom {
  id: RoomId;
  /** As people know it, such as "General / English". */
  name: string;
}

/** Rooms in which they have written; each is one look into the index that makes retries idempotent. */
export async function roomsWrittenIn(sql: Queryable, userId: UserId): Promise<OwnRoom[]> {
  return await sql<OwnRoom[]>`
    select r.id, concat_ws(' / ', l.name, r.name) as name
    from rooms r left join lounges l on l.id = r.lounge_id
    where exists (select from messages m where m.room_id = r.id and m.author_id = ${userId}) order by r.id`;
}

export interface OwnMessage {
  seq: string;
  kind: string;
  body: string;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  /** What it said before each edit. */
  earlier: string[];
}

/** A page of what they wrote in a room, deleted words included: they are kept, so they are told. */
export async function ownMessages(
  sql: Queryable,
  { userId, roomId, after, limit }: { userId: UserId; roomId: RoomId; after: string; limit: number },
): Promise<OwnMessage[]> {
  return await sql<OwnMessage[]>`
    select m.seq, m.kind, m.body, m.created_at as "createdAt", m.edited_at as "editedAt", m.deleted_at as "deletedAt",
      array(select v.body from message_revisions v where v.room_id = m.room_id and v.seq = m.seq
        order by v.replaced_at) as earlier
    from messages m where m.room_id = ${roomId} and m.author_id = ${userId} and m.seq > ${after}
    order by m.seq limit ${limit}`;
}
