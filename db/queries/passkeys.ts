/** Passkeys: the public halves of the key pairs that people's devices hold for us. */
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

export interface Passkey {
  /** The credential id, as the authenticator gave it. */
  id: Uint8Array;
  userId: UserId;
  /** COSE-encoded (RFC 9052). */
  publicKey: Uint8Array;
  /** Signatures the authenticator says it has made; 0 for those that do not count. */
  counter: number;
  transports: string[];
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export type NewPasskey = Omit<Passkey, "createdAt" | "lastUsedAt">;

/** `false` when this credential is known already, to whomever it belongs. */
export async function addPasskey(sql: Queryable, passkey: NewPasskey, at: Date): Promise<boolean> {
  const added = await sql`
    insert into passkeys (id, user_id, public_key, counter, transports, name, created_at)
    values (${passkey.id}, ${passkey.userId}, ${passkey.publicKey}, ${passkey.counter}, ${passkey.transports},
      ${passkey.name}, ${at})
    on conflict do nothing`;
  return added.count === 1;
}

export async function findPasskey(sql: Queryable, id: Uint8Array): Promise<Passkey | null> {
  const [row] = await sql<PasskeyRow[]>`select * from passkeys where id = ${id}`;
  return row ? toPasskey(row) : null;
}

/** Oldest first. */
export async function passkeysOf(sql: Queryable, userId: UserId): Promise<Passkey[]> {
  const rows = await sql<PasskeyRow[]>`
    select * from passkeys where user_id = ${userId} order by created_at, id`;
  return rows.map(toPasskey);
}

/**
 * Notes a use. `false` when the counter did not grow, though the authenticator counts: then this signature, or the one
 * before it, came from a copy.
 */
export async function notePasskeyUse(
  sql: Queryable,
  use: { id: Uint8Array; counter: number; at: Date },
): Promise<boolean> {
  const noted = await sql`
    update passkeys set counter = ${use.counter}, last_used_at = ${use.at}
    where id = ${use.id} and (counter < ${use.counter} or (counter = 0 and ${use.counter}::bigint = 0))`;
  return noted.count === 1;
}

export async function renamePasskey(
  sql: Queryable,
  userId: UserId,
  id: Uint8Array,
  name: string,
): Promise<boolean> {
  const renamed = await sql`update passkeys set name = ${name} where id = ${id} and user_id = ${userId}`;
  return renamed.count === 1;
}

export async function removePasskey(sql: Queryable, userId: UserId, id: Uint8Array): Promise<boolean> {
  const removed = await sql`delete from passkeys where id = ${id} and user_id = ${userId}`;
  return removed.count === 1;
}

interface PasskeyRow {
  id: Uint8Array;
  user_id: UserId;
  public_key: Uint8Array;
  counter: string;
  transports: string[];
  name: string;
  created_at: Date;
  last_used_at: Date | null;
}

function toPasskey(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    userId: row.user_id,
    publicKey: row.public_key,
    counter: Number(row.counter),
    transports: row.transports,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
