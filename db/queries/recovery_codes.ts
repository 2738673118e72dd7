/** Recovery codes: keyed hashes, each good once. */
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

/** New codes in place of all older ones, used or not. */
export async function replaceRecoveryCodes(
  sql: Queryable,
  userId: UserId,
  hashes: Uint8Array[],
): Promise<void> {
  await sql`delete from recovery_codes where user_id = ${userId}`;
  if (hashes.length === 0) return;
  await sql`insert into recovery_codes ${sql(hashes.map((code_hash) => ({ user_id: userId, code_hash })))}`;
}

/** Uses a code up. Of two who try at once, one gets `true`. */
export async function spendRecoveryCode(
  sql: Queryable,
  userId: UserId,
  hash: Uint8Array,
  at: Date,
): Promise<boolean> {
  const spent = await sql`
    update recovery_codes set used_at = ${at}
    where user_id = ${userId} and code_hash = ${hash} and used_at is null`;
  return spent.count === 1;
}

export async function countRecoveryCodes(sql: Queryable, userId: UserId): Promise<number> {
  const [row] = await sql<{ left: number }[]>`
    select count(*)::int as left from recovery_codes where user_id = ${userId} and used_at is null`;
  return row!.left;
}
