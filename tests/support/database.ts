/** A real database for each test that wants one: a copy, made in some ten milliseconds, of a migrated template. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { close, connect, type Sql } from "../../db/client.ts";
import { ensurePostgres } from "../../db/embedded.ts";
import { migrate, readMigrations } from "../../db/migrate.ts";
import { seed } from "../../db/seed.ts";
import { LOUNGES } from "../../db/seed/lounges.ts";
import { TALK } from "../../db/seed/talk.ts";

/** @example `await using database = await testDatabase();` */
export interface TestDatabase extends AsyncDisposable {
  sql: Sql;
  url: string;
  name: string;
  /** Closes `sql` and removes the database, whoever else is still connected. */
  drop(): Promise<void>;
}

const TEMPLATE_LOCK = "7226415511";
/** A database that a killed test left behind is removed once it is older than this. */
const LEFTOVER_MILLISECONDS = 60 * 60_000;

/**
 * All tests share one server, in `TEST_DATA_DIR` or a folder of the system's temporary one that belongs to this
 * checkout. It keeps running afterwards, so that the next run begins at once;
 * `DATA_DIR=<that folder> deno run -A db/cli.ts stop` ends it.
 *
 * @param options `seeded`: with lounges, rooms and their conversations. `max`: connections of `sql`.
 */
export async function testDatabase(options: { seeded?: boolean; max?: number } = {}): Promise<TestDatabase> {
  const server = await ensurePostgres(Deno.env.get("TEST_DATA_DIR") ?? await checkoutFolder());
  const admin = connect(server.url, { max: 1, name: "parley tests" });
  const name = `test_${Date.now()}_${crypto.randomUUID().slice(0, 8)}`;
  try {
    const template = await ensureTemplate(admin, server.url, options.seeded ?? false);
    // Copying the files takes half as long as writing a template this small through the log.
    await admin`create database ${admin(name)} template ${admin(template)} strategy file_copy`;
  } finally {
    await close(admin);
  }
  const url = urlOf(server.url, name);
  const sql = connect(url, { max: options.max ?? 4, name: "parley test" });
  async function drop(): Promise<void> {
    await close(sql);
    const admin = connect(server.url, { max: 1, name: "parley tests" });
    await admin`drop database if exists ${admin(name)} with (force)`;
    await close(admin);
  }
  return { sql, url, name, drop, [Symbol.asyncDispose]: drop };
}

/** Named by what is in it: changed migrations or conversations make a new one. */
async function ensureTemplate(admin: Sql, serverUrl: string, seeded: boolean): Promise<string> {
  const checksums = (await readMigrations()).map((migration) => migration.checksum).join();
  const content = seeded ? checksums + JSON.stringify([LOUNGES, TALK]) : checksums;
  const name = `template_${await digest(content)}${seeded ? "_seeded" : ""}`;
  await admin`select pg_advisory_lock(${TEMPLATE_LOCK})`;
  try {
    const [found] = await admin`select 1 from pg_database where datname = ${name}`;
    if (found) return name;
    await dropLeftovers(admin, seeded);
    const unfinished = `${name}_unfinished`;
    await admin`drop database if exists ${admin(unfinished)} with (force)`;
    await admin`create database ${admin(unfinished)}`;
    const sql = connect(urlOf(serverUrl, unfinished), { max: 1, name: "parley tests" });
    await migrate(sql);
    if (seeded) await seed(sql);
    await close(sql);
    await admin`alter database ${admin(unfinished)} rename to ${admin(name)}`;
    return name;
  } finally {
    await admin`select pg_advisory_unlock(${TEMPLATE_LOCK})`;
  }
}

/** Other templates of the same sort are of other versions; test databases go once they are old. */
async function dropLeftovers(admin: Sql, seeded: boolean): Promise<void> {
  const rows = await admin<{ datname: string }[]>`
    select datname from pg_database where datname ~ '^(test|template)_'`;
  for (const { datname } of rows) {
    const begun = /^test_(\d+)_/.exec(datname)?.[1];
    const stale = begun
      ? Date.now() - Number(begun) > LEFTOVER_MILLISECONDS
      : datname.startsWith("template_") && datname.includes("_seeded") === seeded;
    if (stale) await admin`drop database if exists ${admin(datname)} with (force)`;
  }
}

async function checkoutFolder(): Promise<string> {
  const checkout = new URL("../../", import.meta.url).pathname;
  return join(tmpdir(), `parley-test-${await digest(checkout)}`);
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(bytes).toHex().slice(0, 12);
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
