/** Sealing anew what older keys sealed. */
import {
  countSealedOtherwise,
  replaceSealed,
  type SealedColumn,
  sealedOtherwise,
} from "../../db/queries/sealed.ts";
import type { Sql } from "../../db/client.ts";
import type { Vault } from "./vault.ts";

/** Every sealed column; a new one is added here. */
export const SEALED_COLUMNS: SealedColumn[] = [
  { table: "users", column: "phone_sealed", key: "id" },
  { table: "users", column: "totp_sealed", key: "id" },
  { table: "one_time_codes", column: "payload_sealed", key: "id" },
  { table: "jobs", column: "payload_sealed", key: "id" },
  { table: "push_subscriptions", column: "subscription_sealed", key: "id" },
];

const PAGE = 200;

export interface Step {
  column: SealedColumn;
  done: number;
  total: number;
}

/**
 * Brings every sealed value under its column's current key. Each row is written by itself, and what is under the current
 * key already is passed by: killed and begun again, it goes on where it was. The program may run meanwhile.
 *
 * @param tell hears of each page.
 * @returns how many values were sealed anew.
 * @throws VaultError when a value does not open: its key is not in the ring, or somebody has changed it.
 */
export async function rotateKeys(
  sql: Sql,
  vault: Vault,
  tell: (step: Step) => void = () => {},
): Promise<number> {
  let all = 0;
  for (const column of SEALED_COLUMNS) {
    const keyId = vault.keyIdFor(column);
    const total = await countSealedOtherwise(sql, column, keyId);
    let done = 0;
    tell({ column, done, total });
    for (let after: string | null = null;;) {
      const rows: { row: string; sealed: Uint8Array }[] = await sealedOtherwise(sql, column, {
        keyId,
        after,
        limit: PAGE,
      });
      for (const { row, sealed } of rows) await reseal(sql, vault, column, row, sealed);
      done += rows.length;
      tell({ column, done, total: Math.max(done, total) });
      if (rows.length < PAGE) break;
      after = rows.at(-1)!.row;
    }
    all += done;
  }
  return all;
}

/** A value that somebody changed in between is under the current key by that. */
async function reseal(
  sql: Sql,
  vault: Vault,
  column: SealedColumn,
  row: string,
  sealed: Uint8Array,
): Promise<void> {
  const place = { table: column.table, column: column.column, row };
  const next = await vault.seal(place, await vault.open(place, sealed));
  await replaceSealed(sql, column, { row, expected: sealed, next });
}
