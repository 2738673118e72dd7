/** A server of the product with a Postgres of its own, for one section of the bench. */
import { close, connect, type Sql } from "../../db/client.ts";
import { ensurePostgres } from "../../db/embedded.ts";
import { developmentSecrets } from "../../lib/secrets.ts";
import { serveArgs } from "../../lib/serve.ts";
import {
  type Cores,
  familyTime,
  freePort,
  healthy,
  parentOf,
  run,
  type Running,
  serverEnv,
  serverFlags,
  takeCores,
} from "./processes.ts";

export interface Stand {
  origin: string;
  port: number;
  /** The server's process. */
  pid: number;
  sql: Sql;
  databaseUrl: string;
  accessTokenSecret: string;
  /** The first process of Postgres. */
  postgres: number;
  /** Where servers and the generator keep to; `null` when nothing is pinned. */
  cores: Cores | null;
  /** Milliseconds of processor time of Postgres and all its processes. */
  postgresTime(): number;
  stop(): Promise<void>;
}

interface Wanted {
  /** Isolates in the process; each is a thread. */
  isolates?: number;
  /** The server keeps to one core, this process to the other. Without, everything runs on all of them. */
  pinned?: boolean;
  /** Brings the database into a state before the server comes, once its tables are there. */
  prepare?: (sql: Sql) => Promise<void>;
}

/** Starts both in a new data folder, which goes with {@link Stand.stop}. Postgres may use all cores. */
export async function startServer(
  { isolates = 1, pinned = true, prepare }: Wanted = {},
): Promise<Stand> {
  const dataDir = await Deno.makeTempDir({ prefix: "parley-bench-" });
  await leaveCores();
  const postgres = await ensurePostgres(dataDir);
  const sql = connect(postgres.url, { max: 2, name: "parley bench" });
  await prepare?.(sql);
  const cores = pinned ? await takeCores() : null;
  const port = freePort();
  const server = run({
    args: serveArgs({ host: "127.0.0.1", port, parallel: isolates > 1, flags: serverFlags() }),
    env: { ...serverEnv(dataDir, port), DATABASE_URL: postgres.url, DENO_JOBS: `${isolates}` },
    cores: cores?.server,
  });
  await healthy(port);
  const [{ pid: backend }] = await sql<[{ pid: number }]>`select pg_backend_pid() as pid`;
  const postmaster = parentOf(backend);
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    pid: server.pid,
    sql,
    databaseUrl: postgres.url,
    accessTokenSecret: developmentSecrets(dataDir).accessTokenSecret,
    cores,
    postgres: postmaster,
    postgresTime: () => familyTime(postmaster),
    stop: () => end(server, sql, postgres.stop, dataDir),
  };
}

async function end(server: Running, sql: Sql, stopPostgres: () => Promise<void>, dataDir: string) {
  await server.stop();
  await close(sql);
  await stopPostgres();
  await Deno.remove(dataDir, { recursive: true });
}

/** Undoes {@link takeCores}: what is started next inherits all cores again. */
export async function leaveCores(): Promise<void> {
  const args = ["-a", "-c", "-p", `0-${navigator.hardwareConcurrency - 1}`, `${Deno.pid}`];
  await new Deno.Command("taskset", { args, stdout: "null", stderr: "null" }).output().catch(() => {});
}

/** KB of a process that lie in memory; NaN where /proc does not tell. */
export function residentMemory(pid: number): number {
  try {
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1]);
  } catch {
    return NaN;
  }
}
