/** One PostgreSQL cluster on disk: made by initdb, started and stopped by pg_ctl. */
import { join } from "node:path";
import { type Programs, run } from "./programs.ts";

/** Loses nothing that was acknowledged (fsync and synchronous_commit stay on), sized for a laptop. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  // TCP alone: a socket's path is limited to 107 bytes, and a data folder may lie deeper.
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  effective_cache_size: "1GB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  fsync: "on",
  synchronous_commit: "on",
  wal_level: "minimal",
  max_wal_senders: "0",
  wal_compression: "on",
  min_wal_size: "80MB",
  max_wal_size: "1GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  // Our queries are short; compiling them takes longer than running them.
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

/** Above the highest process number of any system. */
const NOBODY = "2147483646";
/** Reasons not to start that pass: our port went to somebody else, or a killed server's children are still ending. */
const PASSING = /could not bind|pre-existing shared memory block/;
const ATTEMPTS = 10;
const ATTEMPT_MILLISECONDS = 300;

/** The first lines of `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * Makes the cluster, all of it or nothing: built beside its place, then renamed into it, so that a kill in the
 * middle leaves no half cluster behind.
 *
 * @param user Name of the superuser; `password` is asked for on every connection (scram-sha-256).
 */
export async function createCluster(programs: Programs, directory: string, user: string, password: string) {
  const unfinished = `${directory}.new`;
  const passwordFile = `${directory}.pw`;
  await Deno.remove(unfinished, { recursive: true }).catch(() => {});
  await Deno.mkdir(unfinished, { recursive: true, mode: 0o700 });
  await Deno.writeTextFile(passwordFile, password, { mode: 0o600 });
  if (programs.account) {
    const { uid, gid } = programs.account;
    await Deno.chown(unfinished, uid, gid);
    await Deno.chown(passwordFile, uid, gid);
  }
  try {
    // The builtin provider knows Unicode's letters on every platform alike, whatever locales are installed.
    await run(programs, "initdb", [
      ...["-D", unfinished, "-U", user, "--pwfile", passwordFile, "--auth=scram-sha-256", "--encoding=UTF8"],
      ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
      ...Object.entries(SETTINGS).flatMap(([name, value]) => ["--set", `${name}=${value}`]),
    ]);
    await Deno.rename(unfinished, directory);
  } finally {
    await Deno.remove(passwordFile).catch(() => {});
  }
}

/** True once {@link createCluster} has finished. */
export async function isCluster(directory: string): Promise<boolean> {
  return await Deno.stat(join(directory, "PG_VERSION")).then(() => true, () => false);
}

/** Starts the server and waits until it takes connections. It leads a session of its own: Ctrl-C spares it. */
export async function startCluster(programs: Programs, directory: string): Promise<void> {
  const log = join(directory, "server.log");
  for (let attempt = 1;; attempt++) {
    // The port of last time if it is free, so that a bookmark in a database tool stays good.
    const port = attempt === 1 ? freePort(await lastPort(directory)) : freePort();
    try {
      return await run(programs, "pg_ctl", [
        ...["start", "-D", directory, "-l", log, "-w", "-t", "120", "-s", "-o", `-p ${port}`],
      ]);
    } catch (cause) {
      const reason = await lastLines(log);
      if (attempt === ATTEMPTS || !PASSING.test(reason)) {
        throw new Error(`Postgres in ${directory} did not start. ${reason}`, { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, ATTEMPT_MILLISECONDS));
    }
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. Waits for the end. */
export async function stopCluster(programs: Programs, directory: string): Promise<void> {
  if (!await readPostmaster(directory)) return;
  await run(programs, "pg_ctl", ["stop", "-D", directory, "-m", "fast", "-w", "-t", "60", "-s"]);
}

/** Who serves the cluster, by its `postmaster.pid`; `null` when nobody does. The file may be stale. */
export async function readPostmaster(directory: string): Promise<Postmaster | null> {
  const text = await Deno.readTextFile(join(directory, "postmaster.pid")).catch(() => "");
  const [pid, , , port] = text.split("\n");
  return pid ? { pid: Math.abs(Number(pid)), port: Number(port ?? 0) } : null;
}

/**
 * Settles a `postmaster.pid` whose process is gone or is by now something else. Postgres takes any living process
 * of that number for its predecessor and will not start, and after a reboot there often is one. The file stays,
 * with a number that no process has: Postgres reads from it whether children of the dead server still write.
 *
 * @returns False when the process is the cluster's server after all.
 */
export async function settleDeadPostmaster(directory: string, pid: number): Promise<boolean> {
  if (await isPostmaster(directory, pid)) return false;
  const path = join(directory, "postmaster.pid");
  const text = await Deno.readTextFile(path).catch(() => null);
  if (text !== null) await Deno.writeTextFile(path, text.replace(/^-?\d+/, NOBODY));
  return true;
}

async function isPostmaster(directory: string, pid: number): Promise<boolean> {
  if (Deno.build.os === "linux") {
    // Every Postgres server works inside its data folder.
    const folder = await Deno.readLink(`/proc/${pid}/cwd`).catch(() => null);
    return folder !== null && folder === await Deno.realPath(directory);
  }
  if (Deno.build.os === "windows") return true;
  const { stdout } = await new Deno.Command("ps", { args: ["-p", `${pid}`, "-o", "comm="] }).output();
  return new TextDecoder().decode(stdout).includes("postgres");
}

async function lastPort(directory: string): Promise<number> {
  const options = await Deno.readTextFile(join(directory, "postmaster.opts")).catch(() => "");
  return Number(/"-p" "(\d+)"/.exec(options)?.[1] ?? 0);
}

function freePort(wanted = 0): number {
  try {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: wanted });
    return listener.addr.port;
  } catch (error) {
    if (wanted && error instanceof Deno.errors.AddrInUse) return freePort();
    throw error;
  }
}

async function lastLines(log: string): Promise<string> {
  const text = await Deno.readTextFile(log).catch(() => "");
  return text.trimEnd().split("\n").slice(-5).join("\n");
}
