/** What the product is measured against: the same work without a product, in a process of its own on the same core. */
import { until } from "../support/wait.ts";
import type { Target } from "./crowd.ts";
import { TextLineStream } from "./lines.ts";
import { type Cores, freePort, run, type Running } from "./processes.ts";
import { Wire } from "./wire.ts";

export interface InsertJob {
  /** Rows in one insert. */
  batch: number;
  /** Rooms that they are spread over. */
  rooms: number;
  /** How long, in milliseconds. */
  ms: number;
}

export interface BareInsert {
  pid: number;
  /** @returns rows per second */
  run(job: InsertJob): Promise<number>;
  stop(): Promise<void>;
}

/** The `postgres` driver alone; `bare_insert.ts`. */
export function bareInsert(databaseUrl: string, cores: Cores | null): BareInsert {
  const args = ["run", "-A", "tests/bench/bare_insert.ts", databaseUrl];
  const { child, pid } = run({ args, cores: cores?.server, stdin: "piped", stdout: "piped" });
  const jobs = child.stdin.getWriter();
  const answers = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())
    .getReader();
  return {
    pid,
    async run(job) {
      await jobs.write(new TextEncoder().encode(`${JSON.stringify(job)}\n`));
      const { value } = await answers.read();
      if (value === undefined) throw new Error("the bare driver has ended");
      return Number(value);
    },
    async stop() {
      await jobs.close();
      await child.status;
    },
  };
}

/** A WebSocket server that passes messages on and does nothing else; `bare_broadcast.ts`. */
export async function bareBroadcast(cores: Cores | null): Promise<Target & Pick<Running, "stop">> {
  const port = freePort();
  const { pid, stop } = run({
    args: ["run", "-A", "tests/bench/bare_broadcast.ts", `${port}`],
    cores: cores?.server,
  });
  const dial = () => Wire.open({ host: "127.0.0.1", port, protocols: ["parley.v1"] });
  await until("the bare server", async () => (await dial()).close() ?? true);
  return { origin: `http://127.0.0.1:${port}`, pid, stop, dial };
}
