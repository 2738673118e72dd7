/** All that a node keeps, as text, and whether something stands in it in any spelling that could be read back. */
import type { Sql } from "../../db/client.ts";
import type { Node } from "./node.ts";

/** One place things are kept in: `users.email`, `kv`, `log`, … */
export interface Kept {
  where: string;
  text: string;
}

/** Every column of every table, every key and value of KV, the files KV lies in, and the log. */
export async function allKept(sql: Sql, { services: { kv }, log }: Node, kvFile: string): Promise<Kept[]> {
  const kept = await tables(sql);
  const entries: string[] = [];
  for await (const { key, value } of kv.list({ prefix: [] })) entries.push(textOf(key), textOf(value));
  kept.push({ where: "kv", text: entries.join("\n") });
  // What was deleted may still lie in its pages.
  for (const file of [kvFile, `${kvFile}-wal`]) {
    kept.push({ where: "kv's files", text: latin1(await Deno.readFile(file)) });
  }
  kept.push({ where: "log", text: log.map((line) => JSON.stringify(line)).join("\n") });
  return kept;
}

async function tables(sql: Sql): Promise<Kept[]> {
  const names = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  const kept: Kept[] = [];
  for (const { schema, name } of names) {
    const rows = await sql`select * from ${sql(schema)}.${sql(name)}`;
    for (const { name: column } of rows.columns) {
      kept.push({ where: `${name}.${column}`, text: rows.map((row) => textOf(row[column])).join("\n") });
    }
  }
  return kept;
}

/** Bytes as hex, as Latin-1 and as UTF-8; what is made of parts as its parts. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) {
    return [value.toHex(), latin1(value), new TextDecoder().decode(value)].join("\n");
  }
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map || value instanceof Set) return textOf([...value]);
  if (Array.isArray(value)) return value.map(textOf).join("\n");
  if (typeof value === "object" && value !== null) return textOf(Object.entries(value));
  return String(value);
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

/** The places that hold `secret`: plain, in hex or base64 (also amid something longer), or as a hash without a key. */
export async function placesOf(secret: string, kept: Kept[]): Promise<string[]> {
  const spellings = await spellingsOf(secret);
  return kept.filter(({ text }) => spellings.some((spelling) => spelling.test(text))).map(({ where }) =>
    where
  );
}

async function spellingsOf(secret: string): Promise<RegExp[]> {
  const bytes = new TextEncoder().encode(secret);
  const encoded = [0, 1, 2].map((shift) => base64At(bytes, shift));
  for (const algorithm of ["SHA-1", "SHA-256"]) {
    const digest = new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
    encoded.push(digest.toHex(), digest.toBase64({ omitPadding: true }));
  }
  const texts = [bytes.toHex(), ...encoded].flatMap((text) => [text, text.toUpperCase(), urlSafe(text)]);
  // Six digits stand in many a hash by chance.
  const plain = /^\d{6}$/.test(secret) ? `(?<![0-9A-Za-z])${secret}(?![0-9A-Za-z])` : RegExp.escape(secret);
  return [plain, ...new Set(texts.map((text) => RegExp.escape(text)))].map((source) => new RegExp(source));
}

/** What base64 makes of bytes that begin `shift` bytes into a group of three, without what their neighbours decide. */
function base64At(bytes: Uint8Array, shift: number): string {
  const whole = new Uint8Array([...new Uint8Array(shift), ...bytes]).toBase64({ omitPadding: true });
  const first = Math.ceil(shift * 8 / 6);
  return whole.slice(first, Math.floor((shift + bytes.length) * 8 / 6));
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
