/** Sessions: one for each sign-in, renewed by a refresh token of which only the hash is kept. */
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Tier, Viewer } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { toViewer, type ViewerRow } from "./users.ts";

export interface NewSession {
  /** A UUID. */
  id: string;
  userId: UserId;
  refreshHash: Uint8Array;
  expiresAt: Date;
  /** Outlives the browser's own session. */
  persistent: boolean;
  userAgent?: string;
  address?: string;
}

export interface Session {
  id: string;
  user: Viewer;
  persistent: boolean;
  createdAt: Date;
  /** When the refresh token in force was given out. */
  rotatedAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  lastSeenAt: Date;
  userAgent: string;
  address: string;
}

export async function createSession(sql: Queryable, session: NewSession): Promise<void> {
  await sql`
    insert into sessions (id, user_id, refresh_hash, expires_at, persistent, user_agent, address)
    values (${session.id}, ${session.userId}, ${session.refreshHash}, ${session.expiresAt}, ${session.persistent},
      ${session.userAgent ?? ""}, ${session.address ?? ""})`;
}

/** Also when revoked or expired: the caller looks at the dates. */
export async function findSession(sql: Queryable, id: string): Promise<Session | null> {
  const [row] = await sql<SessionRow[]>`${selectSessions(sql)} where s.id = ${id}`;
  return row ? toSession(row) : null;
}

/** A session, and what a refresh token's hash is to it: the one in force, its immediate predecessor, or neither. */
export async function findSessionToRefresh(
  sql: Queryable,
  id: string,
  hash: Uint8Array,
): Promise<{ session: Session; token: "current" | "previous" | "stale" } | null> {
  const [row] = await sql<(SessionRow & { token: "current" | "previous" | "stale" })[]>`
    ${
    selectSessions(
      sql,
      sql`, case when s.refresh_hash = ${hash} then 'current' when s.previous_hash = ${hash} then 'previous'
        else 'stale' end as token`,
    )
  } where s.id = ${id}`;
  return row ? { session: toSession(row), token: row.token } : null;
}

/**
 * Replaces the refresh token, and puts off the session's end when told to, if `expectedHash` is still the one in force and the session is alive at `at`. Of two
 * who try at once, one gets `true`.
 */
export async function rotateSession(
  sql: Queryable,
  change: { id: string; expectedHash: Uint8Array; nextHash: Uint8Array; at: Date; expiresAt?: Date },
): Promise<boolean> {
  const rotated = await sql`
    update sessions set refresh_hash = ${change.nextHash}, previous_hash = refresh_hash,
      rotated_at = ${change.at}, last_seen_at = ${change.at},
      expires_at = coalesce(${change.expiresAt ?? null}, expires_at)
    where id = ${change.id} and refresh_hash = ${change.expectedHash}
      and revoked_at is null and expires_at > ${change.at}`;
  return rotated.count === 1;
}

/** Says whether it was this call that ended it. */
export async function revokeSession(sql: Queryable, id: string): Promise<boolean> {
  const revoked = await sql`update sessions set revoked_at = now() where id = ${id} and revoked_at is null`;
  return revoked.count === 1;
}

/** Ends all sessions of a person but one. @returns those that this call ended */
export async function revokeSessionsOf(sql: Queryable, userId: UserId, except?: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    update sessions set revoked_at = now()
    where user_id = ${userId} and revoked_at is null and id is distinct from ${except ?? null}::uuid
    returning id`;
  return rows.map(({ id }) => id);
}

/** A person's sessions that are alive at `at`, the one seen last first. */
export async function sessionsOf(sql: Queryable, userId: UserId, at: Date): Promise<Session[]> {
  const rows = await sql<SessionRow[]>`
    ${selectSessions(sql)} where s.user_id = ${userId} and s.revoked_at is null and s.expires_at > ${at}
    order by s.last_seen_at desc, s.created_at desc`;
  return rows.map(toSession);
}

/** Removes sessions that were over before `before`, and those of ghosts that were over before `ghosts`. @returns how many, by tier */
export async function removeOldSessions(
  sql: Queryable,
  { before, ghosts }: { before: Date; ghosts: Date },
): Promise<Partial<Record<Tier, number>>> {
  const rows = await sql<{ tier: Tier; count: number }[]>`
    with removed as (
      delete from sessions s using users u
      where u.id = s.user_id
        and least(s.expires_at, s.revoked_at) < case u.tier when 'ghost' then ${ghosts}::timestamptz else ${before}::timestamptz end
      returning u.tier
    )
    select tier, count(*)::int as count from removed group by tier`;
  return Object.fromEntries(rows.map(({ tier, count }) => [tier, count]));
}

/** Those of `ids` that are neither revoked nor expired. */
export async function liveSessions(sql: Queryable, ids: string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    select id from sessions where id = any (${ids}::uuid[]) and revoked_at is null and expires_at > now()`;
  return new Set(rows.map((row) => row.id));
}

interface SessionRow extends Omit<ViewerRow, "id"> {
  session_id: string;
  id: UserId;
  persistent: boolean;
  created_at: Date;
  rotated_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  last_seen_at: Date;
  user_agent: string;
  address: string;
}

function selectSessions(sql: Queryable, more = sql``) {
  return sql`
    select s.id as session_id, s.persistent, s.created_at, s.rotated_at, s.expires_at, s.revoked_at,
      s.last_seen_at, s.user_agent, s.address, u.id, u.name, u.tier, u.age_category, u.role, u.username, u.avatar,
      u.home_room ${more}
    from sessions s join users u on u.id = s.user_id`;
}

function toSession(row: SessionRow): Session {
  return {
    id: row.session_id,
    user: toViewer(row),
    persistent: row.persistent,
    createdAt: row.created_at,
    rotatedAt: row.rotated_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastSeenAt: row.last_seen_at,
    userAgent: row.user_agent,
    address: row.address,
  };
}
