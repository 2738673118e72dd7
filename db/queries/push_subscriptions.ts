/** Browsers that are reached by Web Push: each belongs to the session in which it was set up, and goes with it. */
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

export interface StoredDevice {
  id: string;
  sessionId: string;
  userAgent: string;
  createdAt: Date;
  lastOkAt: Date | null;
}

/** Those of living sessions, the newest first. */
export async function devicesOf(sql: Queryable, userId: UserId, at: Date): Promise<StoredDevice[]> {
  return await sql<StoredDevice[]>`
    select p.id, p.session_id as "sessionId", s.user_agent as "userAgent", p.created_at as "createdAt",
      p.last_ok_at as "lastOkAt"
    from push_subscriptions p join sessions s on s.id = p.session_id
    where p.user_id = ${userId} and s.revoked_at is null and s.expires_at > ${at}
    order by p.created_at desc, p.id`;
}

/** The row of this browser, whoever's it is. */
export async function deviceAt(
  sql: Queryable,
  endpointHash: Uint8Array,
): Promise<{ id: string; userId: UserId } | null> {
  const [row] = await sql<{ id: string; userId: UserId }[]>`
    select id, user_id as "userId" from push_subscriptions where endpoint_hash = ${endpointHash}`;
  return row ?? null;
}

/**
 * Keeps a browser's subscription, in place of what was known of the same browser: it is told things of whoever sits before
 * it now. To be called in a transaction, which ends with nothing changed when this says false: that would be the one
 * too many.
 */
export async function saveDevice(
  sql: Queryable,
  device: {
    id: string;
    userId: UserId;
    sessionId: string;
    endpointHash: Uint8Array;
    subscriptionSealed: Uint8Array;
    at: Date;
  },
  most: number,
): Promise<boolean> {
  // Of those who come at the same moment, each sees the one before.
  await sql`select 1 from users where id = ${device.userId} for no key update`;
  await sql`delete from push_subscriptions where endpoint_hash = ${device.endpointHash}`;
  const kept = await sql`
    insert into push_subscriptions (id, user_id, session_id, endpoint_hash, subscription_sealed, created_at)
    select ${device.id}, ${device.userId}, ${device.sessionId}, ${device.endpointHash}, ${device.subscriptionSealed},
      ${device.at}
    where (
      select count(*) from push_subscriptions p join sessions s on s.id = p.session_id
      where p.user_id = ${device.userId} and s.revoked_at is null and s.expires_at > ${device.at}
    ) < ${most}`;
  return kept.count === 1;
}

/** Harmless when there is none of theirs. */
export async function removeDevice(
  sql: Queryable,
  userId: UserId,
  which: { id: string } | { endpointHash: Uint8Array },
): Promise<void> {
  const match = "id" in which ? sql`id = ${which.id}` : sql`endpoint_hash = ${which.endpointHash}`;
  await sql`delete from push_subscriptions where user_id = ${userId} and ${match}`;
}

/** What is needed to reach it; null once it is gone, or its session is over. */
export async function deviceToReach(
  sql: Queryable,
  id: string,
  at: Date,
): Promise<{ userId: UserId; subscriptionSealed: Uint8Array } | null> {
  const [row] = await sql<{ userId: UserId; subscriptionSealed: Uint8Array }[]>`
    select p.user_id as "userId", p.subscription_sealed as "subscriptionSealed"
    from push_subscriptions p join sessions s on s.id = p.session_id
    where p.id = ${id} and s.revoked_at is null and s.expires_at > ${at}`;
  return row ?? null;
}

export async function noteReached(sql: Queryable, id: string, at: Date): Promise<void> {
  await sql`update push_subscriptions set last_ok_at = ${at}, failures = 0 where id = ${id}`;
}

/** Counts a try that failed; what failed `most` times in a row is forgotten. */
export async function noteUnreached(sql: Queryable, id: string, most: number): Promise<void> {
  await sql`update push_subscriptions set failures = failures + 1 where id = ${id}`;
  await sql`delete from push_subscriptions where id = ${id} and failures >= ${most}`;
}

/** The push service has said that it does not exist any more. */
export async function forgetDevice(sql: Queryable, id: string): Promise<void> {
  await sql`delete from push_subscriptions where id = ${id}`;
}
