/** Brings the schema forward and back: plain SQL files, one transaction each, safe from any number of isolates. */
import type postgres from "postgres";
import type { Sql } from "./client.ts";

const FOLDER = new URL("./migrations/", import.meta.url);
/** Any number that nothing else in the database locks on. */
const LOCK = "7226415509";

interface Migration {
  version: number;
  name: string;
  /** SHA-256 of the up file: an applied migration must not change afterwards. */
  checksum: string;
  up: string;
  down: string;
}

/**
 * Applies what is not applied yet, in order. Isolates that start together queue; the later ones find nothing to do.
 *
 * @param options.to Last version to apply; all of them without it.
 * @returns What was applied, as `0001_first_light`.
 * @throws Error when an applied migration's file has changed, or a migration fails (the earlier ones stay).
 */
export async function migrate(sql: Sql, options: { to?: number } = {}): Promise<string[]> {
  const migrations = await readMigrations();
  return await alone(sql, async (session, applied) => {
    const done: string[] = [];
    for (const migration of migrations) {
      const known = applied.get(migration.version);
      if (known) sameAsApplied(migration, known);
      else if (migration.version <= (options.to ?? Infinity)) {
        await inTransaction(session, migration.up, () =>
          session`
            insert into schema_migrations (version, name, checksum)
            values (${migration.version}, ${migration.name}, ${migration.checksum})`);
        done.push(fileName(migration));
      }
    }
    return done;
  });
}

/**
 * Takes back the last migrations, newest first.
 *
 * @returns What was taken back, as `0001_first_light`.
 */
export async function rollback(sql: Sql, steps = 1): Promise<string[]> {
  const migrations = new Map((await readMigrations()).map((migration) => [migration.version, migration]));
  return await alone(sql, async (session, applied) => {
    const newest = [...applied.keys()].sort((a, b) => b - a).slice(0, steps);
    const done: string[] = [];
    for (const version of newest) {
      const migration = migrations.get(version);
      if (!migration) throw new Error(`Migration ${version} is applied, but its files are not here.`);
      await inTransaction(
        session,
        migration.down,
        () => session`delete from schema_migrations where version = ${version}`,
      );
      done.push(fileName(migration));
    }
    return done;
  });
}

/** Writes an empty pair of files with the next number, and returns their paths. */
export async function createMigration(name: string): Promise<string[]> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error("A migration's name has small letters, digits and _.");
  const version = ((await readMigrations()).at(-1)?.version ?? 0) + 1;
  const paths = ["up", "down"].map((way) => new URL(`${fileName({ version, name })}.${way}.sql`, FOLDER));
  for (const path of paths) await Deno.writeTextFile(path, "", { createNew: true });
  return paths.map((path) => path.pathname);
}

/** All migrations, oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for await (const entry of Deno.readDir(FOLDER)) {
    const match = /^(\d{4})_([a-z0-9_]+)\.up\.sql$/.exec(entry.name);
    if (!match) continue;
    const [version, name] = [Number(match[1]), match[2]!];
    const up = await Deno.readTextFile(new URL(entry.name, FOLDER));
    const down = await Deno.readTextFile(new URL(`${fileName({ version, name })}.down.sql`, FOLDER));
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(up));
    migrations.push({ version, name, checksum: new Uint8Array(digest).toHex(), up, down });
  }
  return migrations.sort((a, b) => a.version - b.version);
}

type Applied = Map<number, { name: string; checksum: string }>;

/** Holds one connection, and on it a lock that only one session in the database can have. */
async function alone<T>(
  sql: Sql,
  work: (session: postgres.ReservedSql, applied: Applied) => Promise<T>,
): Promise<T> {
  const session = await sql.reserve();
  try {
    await session`select pg_advisory_lock(${LOCK})`;
    await session`
      create table if not exists schema_migrations (
        version int primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`;
    const rows = await session<{ version: number; name: string; checksum: string }[]>`
      select version, name, checksum from schema_migrations`;
    return await work(session, new Map(rows.map((row) => [row.version, row])));
  } finally {
    await session`select pg_advisory_unlock(${LOCK})`.catch(() => {});
    session.release();
  }
}

async function inTransaction(session: postgres.ReservedSql, script: string, record: () => Promise<unknown>) {
  await session`begin`;
  try {
    await session.unsafe(script);
    await record();
    await session`commit`;
  } catch (error) {
    await session`rollback`;
    throw error;
  }
}

function sameAsApplied(migration: Migration, applied: { checksum: string }): void {
  if (migration.checksum === applied.checksum) return;
  throw new Error(
    `${fileName(migration)}.up.sql has changed since it was applied here. ` +
      "Put it back as it was and write a new migration for the change (deno task db:new <name>).",
  );
}

function fileName({ version, name }: { version: number; name: string }): string {
  return `${String(version).padStart(4, "0")}_${name}`;
}
