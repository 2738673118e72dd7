/** Columns whose values a vault has sealed, looked at by the key that sealed them. */
import type { Queryable } from "../client.ts";

export interface SealedColumn {
  table: string;
  column: string;
  /** The primary key; its text is the row's name when sealing. */
  key: string;
}

/** A sealed value begins with its key's id, after one byte that says how long that is. Empty values seal nothing. */
function otherwise(sql: Queryable, { column }: SealedColumn, keyId: string) {
  const id = new TextEncoder().encode(keyId);
  const prefix = new Uint8Array([id.length, ...id]);
  return sql`octet_length(${sql(column)}) > 0 and substring(${
    sql(column)
  } from 1 for ${prefix.length}) <> ${prefix}`;
}

/** How many values are sealed under a key other than this one. */
export async function countSealedOtherwise(
  sql: Queryable,
  column: SealedColumn,
  keyId: string,
): Promise<number> {
  const [row] = await sql<{ count: string }[]>`
    select count(*) from ${sql(column.table)} where ${otherwise(sql, column, keyId)}`;
  return Number(row!.count);
}

/** A page of them in the order of the primary key. `after`: the last row of the page before. */
export async function sealedOtherwise(
  sql: Queryable,
  column: SealedColumn,
  { keyId, after, limit }: { keyId: string; after: string | null; limit: number },
): Promise<{ row: string; sealed: Uint8Array }[]> {
  const key = sql(column.key);
  return await sql<{ row: string; sealed: Uint8Array }[]>`
    select ${key}::text as row, ${sql(column.column)} as sealed from ${sql(column.table)}
    where ${otherwise(sql, column, keyId)} ${after === null ? sql`` : sql`and ${key} > ${after}`}
    order by ${key} limit ${limit}`;
}

/** Writes the value unless the row has gone, or holds another one by now. */
export async function replaceSealed(
  sql: Queryable,
  { table, column, key }: SealedColumn,
  { row, expected, next }: { row: string; expected: Uint8Array; next: Uint8Array },
): Promise<void> {
  await sql`
    update ${sql(table)} set ${sql(column)} = ${next} where ${sql(key)} = ${row} and ${
    sql(column)
  } = ${expected}`;
}
