/** The product as it runs on several machines: processes that share Postgres, a `denokv` server and secrets, no folder. */
import { seedLounges } from "../../db/seed.ts";
import { serveArgs } from "../../lib/serve.ts";
import { type TestDatabase, testDatabase } from "./database.ts";
import { type KvServer, startDenokv } from "./denokv.ts";
import { randomSecret } from "./secrets.ts";
import { freePort } from "./server.ts";
import { before, until } from "./wait.ts";

const ROOT = new URL("../../", import.meta.url);
const START_PATIENCE = 60_000;

interface Health {
  status: string;
  isolate: string;
  postgres: boolean;
  kv: boolean;
  connections: number;
}

export interface Machine {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  dataDir: string;
  /** Everything it has printed. */
  output(): string;
  health(): Promise<Health>;
  /** Ends it at once, without a word. */
  kill9(): Promise<void>;
  /** An orderly end, as on SIGTERM. */
  stop(): Promise<void>;
}

export interface Machines extends AsyncDisposable {
  here: Machine;
  there: Machine;
  kv: KvServer;
  database: TestDatabase;
  /** Takes note that logs may hold such errors. */
  expectErrors(message: RegExp): void;
}

/** @param more laid over the environment of both */
export async function startMachines(more: Record<string, string> = {}): Promise<Machines> {
  await using begun = new AsyncDisposableStack();
  const database = begun.use(await testDatabase());
  await seedLounges(database.sql);
  const kv = begun.use(await startDenokv());
  const shared = {
    DATABASE_URL: database.url,
    KV_URL: kv.url,
    DENO_KV_ACCESS_TOKEN: kv.token,
    ACCESS_TOKEN_SECRET: randomSecret(),
    REFRESH_TOKEN_SECRET: randomSecret(),
    ENCRYPTION_KEY: randomSecret(),
    LIMITS_FACTOR: "1000",
    NO_COLOR: "1",
    ...more,
  };
  const expected: RegExp[] = [];
  const start = async () => {
    const machine = await startMachine(shared);
    begun.defer(async () => {
      await machine.stop();
      await Deno.remove(machine.dataDir, { recursive: true });
      demandQuiet(machine, expected);
    });
    return machine;
  };
  // At once, as after a power cut: one brings the schema up to date, the other waits.
  const started = await Promise.allSettled([start(), start()]);
  const failed = started.find(({ status }) => status === "rejected");
  if (failed) throw (failed as PromiseRejectedResult).reason;
  const [here, there] = started.map((each) => (each as PromiseFulfilledResult<Machine>).value) as [
    Machine,
    Machine,
  ];
  const all = begun.move();
  return {
    ...{ here, there, kv, database },
    expectErrors: (message) => void expected.push(message),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function startMachine(shared: Record<string, string>): Promise<Machine> {
  const dataDir = await Deno.makeTempDir({ prefix: "parley-machine-" });
  const port = freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = new Deno.Command(Deno.execPath(), {
    args: serveArgs({ host: "127.0.0.1", port }),
    cwd: ROOT,
    env: { ...shared, PORT: `${port}`, PUBLIC_URL: origin, DATA_DIR: dataDir },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  let [ended, killed] = [false, false];
  void child.status.then(() => ended = true);
  for (const stream of [child.stdout, child.stderr]) {
    void (async () => {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) output += text;
    })();
  }
  async function health(): Promise<Health> {
    return await (await fetch(`${origin}/health`)).json();
  }
  async function end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    killed ||= signal === "SIGKILL";
    if (!ended) child.kill(signal);
    const { code } = await before(child.status, `the end of a machine\n${output}`, 15_000);
    if (signal === "SIGTERM" && !killed && code !== 0) {
      throw new Error(`a machine ended with ${code}\n${output}`);
    }
  }
  try {
    await until(`an answer from ${origin}`, async () => {
      if (ended) throw new Error("it has ended");
      return (await health()).status === "ok";
    }, START_PATIENCE);
  } catch (error) {
    await end("SIGKILL");
    throw new Error(`a machine did not start: ${output}`, { cause: error });
  }
  const kill9 = () => end("SIGKILL");
  const stop = () => end("SIGTERM");
  return { origin, dataDir, output: () => output, health, kill9, stop };
}

/** @throws Error when it logged an error that nobody expected */
function demandQuiet(machine: Machine, expected: RegExp[]): void {
  const errors = machine.output().split("\n").filter((line) => /\bERROR: |\bFATAL: |panicked/.test(line))
    .filter((line) => !expected.some((pattern) => pattern.test(line)));
  if (errors.length > 0) throw new Error(`errors in a machine's log:\n${errors.slice(0, 10).join("\n")}`);
}
