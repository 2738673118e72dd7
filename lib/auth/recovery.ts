/** Recovery codes: what opens an account when the device with its second factor is gone. */
import {
  countRecoveryCodes,
  replaceRecoveryCodes,
  spendRecoveryCode,
} from "../../db/queries/recovery_codes.ts";
import type { Queryable } from "../../db/client.ts";
import { audit } from "../audit/audit.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";

const CODES = 10;
/** Crockford's base 32: no letter that reads as a digit, and none of the codes spells anything. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 50 bits: under a keyed hash and with few tries a code cannot be guessed. */
const CHARACTERS = 10;

/**
 * Gives an account new recovery codes; older ones are void.
 * @returns ten of the form `ABCDE-FGHJK`, which can never be read again.
 */
export async function createRecoveryCodes(
  services: Services,
  sql: Queryable,
  userId: UserId,
): Promise<string[]> {
  const codes = new Set<string>();
  while (codes.size < CODES) codes.add(randomCode());
  const hashes = await Promise.all([...codes].map((code) => hashOf(services, userId, code)));
  await replaceRecoveryCodes(sql, userId, hashes);
  return [...codes].map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

/** Takes a recovery code in place of a TOTP code, once. Case, spaces and dashes do not matter. */
export async function useRecoveryCode(services: Services, userId: UserId, code: string): Promise<boolean> {
  const plain = normalised(code);
  if (plain.length !== CHARACTERS) return false;
  const hash = await hashOf(services, userId, plain);
  return await services.sql.begin(async (sql) => {
    if (!await spendRecoveryCode(sql, userId, hash, new Date(services.clock()))) return false;
    await audit(sql, { action: "recovery-code.used", actorId: userId, subjectId: userId });
    return true;
  });
}

/** How many codes are still good. */
export function recoveryCodesLeft({ sql }: Services, userId: UserId): Promise<number> {
  return countRecoveryCodes(sql, userId);
}

function randomCode(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(CHARACTERS)), (byte) => ALPHABET[byte % 32]).join(
    "",
  );
}

/** As people type it: Crockford reads O as 0, and I and L as 1. */
function normalised(code: string): string {
  return code.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
}

function hashOf({ vault }: Services, userId: UserId, code: string): Promise<Uint8Array> {
  return vault.index("recovery-code", `${userId}|${code}`);
}
