/** One-time codes: keyed hashes, bound to a purpose and to a target of which only a keyed hash is kept too. */
import type { CodePurpose } from "../../lib/protocol/forms/accounts.ts";
import type { Queryable } from "../client.ts";

export interface NewCode {
  /** A UUID. */
  id: string;
  purpose: CodePurpose;
  targetIndex: Uint8Array;
  codeHash: Uint8Array;
  payloadSealed: Uint8Array;
  createdAt: Date;
  expiresAt: Date;
}

/** Keeps a code; older ones for the same purpose and target are void. */
export async function replaceCode(sql: Queryable, code: NewCode): Promise<void> {
  await sql`
    delete from one_time_codes
    where purpose = ${code.purpose} and target_index = ${code.targetIndex} and used_at is null`;
  await sql`
    insert into one_time_codes (id, purpose, target_index, code_hash, payload_sealed, created_at, expires_at)
    values (${code.id}, ${code.purpose}, ${code.targetIndex}, ${code.codeHash}, ${code.payloadSealed},
      ${code.createdAt}, ${code.expiresAt})`;
}

export interface StoredCode {
  id: string;
  codeHash: Uint8Array;
  payloadSealed: Uint8Array;
}

/** What waits for a code that is not used yet, in time or late: for sending another one. */
export async function findCode(
  sql: Queryable,
  purpose: CodePurpose,
  targetIndex: Uint8Array,
): Promise<StoredCode | null> {
  const [row] = await sql<StoredCode[]>`
    select id, code_hash as "codeHash", payload_sealed as "payloadSealed" from one_time_codes
    where purpose = ${purpose} and target_index = ${targetIndex} and used_at is null
    order by created_at desc limit 1`;
  return row ?? null;
}

/** Counts a try at the code in force. `null` when there is none, its time is over, or it had `maxTries`. */
export async function tryCode(
  sql: Queryable,
  { purpose, targetIndex, maxTries, at }: {
    purpose: CodePurpose;
    targetIndex: Uint8Array;
    maxTries: number;
    at: Date;
  },
): Promise<StoredCode | null> {
  const [row] = await sql<StoredCode[]>`
    update one_time_codes set attempts = attempts + 1
    where id = (
        select id from one_time_codes where purpose = ${purpose} and target_index = ${targetIndex} and used_at is null
        order by created_at desc limit 1
      ) and attempts < ${maxTries} and expires_at > ${at} and used_at is null
    returning id, code_hash as "codeHash", payload_sealed as "payloadSealed"`;
  return row ?? null;
}

/** Uses a code up. Of two who show it at once, one gets `true`. What waited for it is not kept. */
export async function spendCode(sql: Queryable, id: string, at: Date): Promise<boolean> {
  const spent = await sql`
    update one_time_codes set used_at = ${at}, payload_sealed = null where id = ${id} and used_at is null`;
  return spent.count === 1;
}

/** Removes codes that are used, or over since before `before`. */
export async function removeOldCodes(sql: Queryable, before: Date): Promise<number> {
  const removed = await sql`delete from one_time_codes where used_at is not null or expires_at < ${before}`;
  return removed.count;
}
