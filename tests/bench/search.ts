/**
 * `deno run -A tests/bench/search.ts [--messages=1000000] [--runs=100] [--only=queries,live,writes] [--compare] [--data=<folder>]`:
 * fills an embedded Postgres of its own with messages, indexes them, and measures searches of differing selectivity, the size
 * of the index, searching while others write, and what the index costs those who write. `--compare` measures the other ways
 * to keep such an index too (see docs/decisions). Asserts nothing.
 */
import { parseArgs } from "node:util";
import { close, connect, type Sql } from "../../db/client.ts";
import { ensurePostgres } from "../../db/embedded.ts";
import { migrate } from "../../db/migrate.ts";
import { tidyIndex } from "../../db/queries/search_index.ts";
import { indexAll } from "../../lib/search/indexer.ts";
import { Stems } from "../../lib/search/stems.ts";
import { measureLive } from "./search_live.ts";
import { measureQueries } from "./search_queries.ts";
import { seedMessages } from "./search_seed.ts";
import { measureWrites } from "./search_writes.ts";

const { values: options } = parseArgs({
  options: {
    messages: { type: "string", default: "1000000" },
    runs: { type: "string", default: "100" },
    only: { type: "string" },
    compare: { type: "boolean", default: false },
    // Keeps the database in this folder, and takes it as it is when it is there.
    data: { type: "string" },
  },
});

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

async function sizes(sql: Sql): Promise<void> {
  const rows = await sql<{ name: string; bytes: string }[]>`
    select c.relname as name, pg_relation_size(c.oid) as bytes from pg_class c
    where c.relkind in ('r', 'i') and c.relname ~ '^(messages|message_search|search_)' and pg_relation_size(c.oid) > 1000000
    order by 2 desc`;
  console.log("\nSizes, MB");
  for (const { name, bytes } of rows) {
    console.log(`  ${name.padEnd(44)} ${(Number(bytes) / 1e6).toFixed(0).padStart(5)}`);
  }
}

const dataDir = options.data ?? await Deno.makeTempDir({ prefix: "parley-bench-" });
const postgres = await ensurePostgres(dataDir);
const sql = connect(postgres.url, { max: 4, name: "parley bench" });
try {
  await migrate(sql);
  const [{ count }] = await sql<[{ count: number }]>`select count(*)::int from messages`;
  if (count === 0) await timed("messages made", () => seedMessages(sql, Number(options.messages)));
  await timed("index written", () => indexAll(sql, new Stems(sql)));
  await tidyIndex(sql);
  await sql`vacuum analyze message_search`;
  await sizes(sql);
  const wanted = (section: string) => !options.only || options.only.split(",").includes(section);
  if (wanted("queries")) await measureQueries(sql, Number(options.runs));
  if (wanted("live")) await measureLive(sql);
  if (wanted("writes")) await measureWrites(sql, options.compare);
} finally {
  await close(sql);
  await postgres.stop();
  if (!options.data) await Deno.remove(dataDir, { recursive: true });
}
Deno.exit(0);
