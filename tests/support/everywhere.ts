/** Looks for words in all that a running server keeps: every column of its database, every file of its folder, its log. */
import { join } from "node:path";
import postgres from "postgres";
import type { Server } from "./server.ts";

/** The places in which one of `words` can be read, as text or as bytes. */
export async function placesWith(server: Server, words: readonly string[]): Promise<string[]> {
  const found = [...await inDatabase(server.database.url, words), ...await inFolder(server.dataDir, words)];
  const log = server.output();
  return [...found, ...words.filter((word) => log.includes(word)).map((word) => `the log: ${word}`)];
}

async function inDatabase(url: string, words: readonly string[]): Promise<string[]> {
  const sql = postgres(url, { max: 1 });
  try {
    const tables = await sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = current_schema()`;
    const found: string[] = [];
    for (const { name } of tables) {
      for (const row of await sql`select t.*::text as line from ${sql(name)} t`) {
        // Bytes stand there in hex.
        const hit = words.filter((word) => row.line.includes(word) || row.line.includes(hexOf(word)));
        found.push(...hit.map((word) => `${name}: ${word}`));
      }
    }
    return found;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function inFolder(folder: string, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) found.push(...await inFolder(path, words));
    if (!isFile) continue;
    const text = new TextDecoder().decode(await Deno.readFile(path));
    found.push(...words.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`));
  }
  return found;
}

function hexOf(word: string): string {
  return new TextEncoder().encode(word).toHex();
}
