/** The processes a bench measures: started on the core they are given, watched, ended. */
import { until } from "../support/wait.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
/** Ticks a second of the times in /proc: USER_HZ, which is 100 on every Linux that Deno runs on. */
const TICKS = 100;

/** Which cores servers and the load generator keep to; `null` where that cannot be had. */
export interface Cores {
  server: string;
  generator: string;
}

export interface Running {
  pid: number;
  child: Deno.ChildProcess;
  /** SIGTERM, then waits for the end. */
  stop(): Promise<void>;
}

/**
 * Keeps this process, the generator, to a core of its own, so that it takes nothing from the server's. What it starts
 * later inherits that, unless it is given cores.
 */
export async function takeCores(): Promise<Cores | null> {
  const cores = { server: "0", generator: "1" };
  if (navigator.hardwareConcurrency < 2) return null;
  try {
    const args = ["-a", "-c", "-p", cores.generator, `${Deno.pid}`];
    return (await new Deno.Command("taskset", { args, stdout: "null", stderr: "null" }).output()).success
      ? cores
      : null;
  } catch {
    return null; // No taskset here.
  }
}

interface Program {
  /** Deno, where none is named. */
  command?: string;
  args: string[];
  env?: Record<string, string>;
  /** As taskset takes them; all cores without. */
  cores?: string | null;
  stdin?: "piped" | "null";
  stdout?: "piped" | "null";
}

/** Starts a program in the project's folder. Only its errors are shown. */
export function run(
  { command = Deno.execPath(), args, env, cores, stdin = "null", stdout = "null" }: Program,
): Running {
  const pinned = cores ? ["taskset", "-c", cores] : [];
  const [first, ...rest] = [...pinned, command, ...args];
  const options = {
    args: rest,
    cwd: ROOT,
    env: { ...env, LOG_LEVEL: "warn" },
    stdin,
    stdout,
    stderr: "inherit",
  } as const;
  const child = new Deno.Command(first!, options).spawn();
  return {
    pid: child.pid,
    child,
    async stop() {
      try {
        child.kill("SIGTERM");
      } catch {
        // It has ended already.
      }
      await child.status;
    },
  };
}

/** Runs Deno in the project's folder to its end. @throws Error when it fails */
export async function runToEnd(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT, stdout: "null" })
    .output();
  if (!success) throw new Error(`deno ${args.join(" ")} failed: ${new TextDecoder().decode(stderr)}`);
}

/** The environment of a server of the product. */
export function serverEnv(dataDir: string, port: number): Record<string, string> {
  return {
    DATA_DIR: dataDir,
    PORT: `${port}`,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    LIMITS_FACTOR: "100000",
  };
}

/** Resolves once the server's `/health` answers 200. */
export async function healthy(port: number, within = 60_000): Promise<void> {
  await until(`an answer of the server on port ${port}`, async () => {
    const response = await fetch(`http://127.0.0.1:${port}/health`);
    await response.body?.cancel();
    return response.ok;
  }, within);
}

export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Milliseconds of processor time a process has used so far; NaN where /proc does not tell. */
export function processorTime(pid: number): number {
  // Fields 14 and 15 of proc_pid_stat(5): user and system time.
  const [user, system] = statOf(pid, [14, 15]);
  return (user! + system!) * 1000 / TICKS;
}

/** As {@link processorTime}, of a process and all that it started, those that have ended too. */
export function familyTime(pid: number): number {
  // Fields 16 and 17: what children took that have ended.
  const own = statOf(pid, [14, 15, 16, 17]).reduce((sum, ticks) => sum + ticks, 0) * 1000 / TICKS;
  return childrenOf(pid).reduce((sum, child) => sum + (familyTime(child) || 0), own);
}

/** Who started a process. */
export function parentOf(pid: number): number {
  return statOf(pid, [4])[0]!;
}

/** The cores that a process may run on, as the kernel writes them: `0-1`. Empty where /proc does not tell. */
export function coresOf(pid: number): string {
  try {
    return /^Cpus_allowed_list:\s*(.*)$/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1] ?? "";
  } catch {
    return "";
  }
}

function childrenOf(pid: number): number[] {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Fields of /proc/<pid>/stat by the manual's numbers, from the third on. */
function statOf(pid: number, fields: number[]): number[] {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    const values = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields.map((field) => Number(values[field - 3]));
  } catch {
    return fields.map(() => NaN);
  }
}

/** More flags for the measured server, such as `--cpu-prof`. */
export function serverFlags(): string[] {
  return Deno.env.get("BENCH_SERVER_FLAGS")?.split(" ") ?? [];
}
