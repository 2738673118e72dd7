/** What a bench was run on. */
import type { Sql } from "../../db/client.ts";
import type { Cores } from "./processes.ts";

export interface Machine {
  processor: string;
  cores: number;
  /** Bytes. */
  memory: number;
  /** Means of a minute, five and fifteen, before the bench began. */
  load: number[];
  kernel: string;
  deno: string;
  node: string;
  postgres?: string;
  /** Where the servers and the generator were kept, when they were. */
  pinned?: Cores | null;
}

export async function machineNow(): Promise<Machine> {
  const cpus = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  return {
    processor: /^model name\s*: (.*)$/m.exec(cpus)?.[1] ?? "unknown",
    cores: navigator.hardwareConcurrency,
    memory: Deno.systemMemoryInfo().total,
    load: Deno.loadavg(),
    kernel: Deno.osRelease(),
    deno: Deno.version.deno,
    node: await nodeVersion(),
  };
}

export async function postgresVersion(sql: Sql): Promise<string> {
  const [{ server_version: version }] = await sql<[{ server_version: string }]>`show server_version`;
  return version;
}

async function nodeVersion(): Promise<string> {
  const { stdout } = await new Deno.Command("node", { args: ["--version"] }).output();
  return new TextDecoder().decode(stdout).trim();
}
