/** The TOTP secret of an account, sealed, and how far its codes have been used up. */
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

export interface StoredTotp {
  sealed: Uint8Array;
  /** In force since then; `null` while it is still being set up. */
  confirmedAt: Date | null;
}

export async function findTotp(sql: Queryable, userId: UserId): Promise<StoredTotp | null> {
  const [row] = await sql<{ totp_sealed: Uint8Array; totp_confirmed_at: Date | null }[]>`
    select totp_sealed, totp_confirmed_at from users where id = ${userId} and totp_sealed is not null`;
  return row ? { sealed: row.totp_sealed, confirmedAt: row.totp_confirmed_at } : null;
}

/** Keeps a secret to be confirmed. `false` when one is in force already, which stays as it is. */
export async function proposeTotp(sql: Queryable, userId: UserId, sealed: Uint8Array): Promise<boolean> {
  const kept = await sql`
    update users set totp_sealed = ${sealed}, totp_last_step = 0 where id = ${userId} and totp_confirmed_at is null`;
  return kept.count === 1;
}

/** Puts the proposed secret in force, its code of `step` used up. `false` when `sealed` is no longer the proposal. */
export async function confirmTotp(
  sql: Queryable,
  userId: UserId,
  change: { sealed: Uint8Array; step: number; at: Date },
): Promise<boolean> {
  const confirmed = await sql`
    update users set totp_confirmed_at = ${change.at}, totp_last_step = ${change.step}
    where id = ${userId} and totp_sealed = ${change.sealed} and totp_confirmed_at is null`;
  return confirmed.count === 1;
}

/** Uses up the code of a time step and of all before it. Of two who try at once, one gets `true`. */
export async function spendTotpStep(sql: Queryable, userId: UserId, step: number): Promise<boolean> {
  const spent = await sql`
    update users set totp_last_step = ${step}
    where id = ${userId} and totp_confirmed_at is not null and totp_last_step < ${step}`;
  return spent.count === 1;
}

export async function removeTotp(sql: Queryable, userId: UserId): Promise<void> {
  await sql`
    update users set totp_sealed = null, totp_confirmed_at = null, totp_last_step = 0 where id = ${userId}`;
}
