/** A real PostgreSQL in the data folder, for whoever has none: started when needed, shared by all who ask. */
import { join } from "node:path";
import postgres from "postgres";
import { accountFor, clusterFolder } from "./embedded/account.ts";
import {
  createCluster,
  isCluster,
  readPostmaster,
  settleDeadPostmaster,
  startCluster,
  stopCluster,
} from "./embedded/cluster.ts";
import { findPrograms } from "./embedded/programs.ts";

const USER = "parley";
const DATABASE = "parley";
const BUSY_MILLISECONDS = 60_000;

export interface EmbeddedPostgres {
  url: string;
  /** True when this call started the server, false when it was running already. */
  started: boolean;
  /** Fast shutdown, nothing committed is lost. For whoever is last: others' connections end too. */
  stop(): Promise<void>;
  /** {@link stop}, unless somebody is connected. Close your own connections first. Says whether it stopped. */
  stopIfUnused(): Promise<boolean>;
}

/**
 * A PostgreSQL 18 in `<dataDir>/postgres`, reachable from this machine alone, under a random password kept in
 * `<dataDir>/postgres.password`. Creates, starts, or adopts: a server whose starter was killed keeps running and
 * is found again. Any number of isolates and processes may call this at once.
 *
 * @param say Gets a line when something lies in an unexpected place.
 * @throws Error with what to do, when it cannot be started.
 */
export async function ensurePostgres(
  dataDir: string,
  say: (line: string) => void = console.info,
): Promise<EmbeddedPostgres> {
  await Deno.mkdir(dataDir, { recursive: true });
  const folder = await Deno.realPath(dataDir);
  return await withLock(folder, async () => {
    const directory = await clusterFolder(folder, say);
    const password = await passwordOf(folder, await isCluster(directory));
    const urlAt = (port: number) => `postgres://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`;
    let port = await runningPort(directory, urlAt);
    const started = port === null;
    if (port === null) {
      const programs = await findPrograms(await accountFor(directory), say);
      if (!await isCluster(directory)) await createCluster(programs, directory, USER, password);
      await startCluster(programs, directory);
      port = await runningPort(directory, urlAt);
      if (port === null) throw new Error(`Postgres in ${directory} stopped right after its start.`);
    }
    const url = urlAt(port);
    const stop = async () => stopCluster(await findPrograms(await accountFor(directory), say), directory);
    return {
      url,
      started,
      stop: () => withLock(folder, stop),
      stopIfUnused: () =>
        withLock(folder, async () => {
          if (await isUsed(url)) return false;
          await stop();
          return true;
        }),
    };
  });
}

/** Isolates and processes alike queue here; the lock goes with its holder, however that ends. */
async function withLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  using file = await Deno.open(join(dataDir, "postgres.lock"), { create: true, write: true, mode: 0o600 });
  await file.lock(true);
  return await work();
}

async function passwordOf(dataDir: string, clusterExists: boolean): Promise<string> {
  const path = join(dataDir, "postgres.password");
  const known = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  });
  if (known.trim()) return known.trim();
  if (clusterExists) throw new Error(`${path} is gone; without it the database beside it cannot be opened.`);
  const password = crypto.getRandomValues(new Uint8Array(24)).toHex();
  await Deno.writeTextFile(path, password, { mode: 0o600 });
  return password;
}

/** The port of the server that runs the cluster, once it answers; `null` when none does. */
async function runningPort(directory: string, urlAt: (port: number) => string): Promise<number | null> {
  const deadline = Date.now() + BUSY_MILLISECONDS;
  while (Date.now() < deadline) {
    const postmaster = await readPostmaster(directory);
    if (!postmaster) return null;
    if (postmaster.port && await answers(urlAt(postmaster.port))) return postmaster.port;
    if (await settleDeadPostmaster(directory, postmaster.pid)) return null;
    // It is starting, recovering after a crash, or stopping.
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(
    `Postgres in ${directory} is running but has not answered for a minute; see its server.log.`,
  );
}

/** Connects for one moment, and sees to it that our database is there. */
async function answers(url: string): Promise<boolean> {
  const sql = maintenance(url);
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql`create database ${sql(DATABASE)}`;
    return true;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "28P01") {
      throw new Error("postgres.password in the data folder is not the password of its database.");
    }
    return false;
  } finally {
    await sql.end({ timeout: 2 });
  }
}

async function isUsed(url: string): Promise<boolean> {
  const sql = maintenance(url);
  try {
    const others = await sql`
      select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`;
    return others.length > 0;
  } finally {
    await sql.end({ timeout: 2 });
  }
}

function maintenance(url: string): postgres.Sql {
  const there = new URL(url);
  there.pathname = "/postgres";
  return postgres(there.href, { max: 1, connect_timeout: 5, fetch_types: false, onnotice: () => {} });
}
