/** The product as it is run: `start.ts` and its isolates, in processes that can be killed. */
import { type TestDatabase, testDatabase } from "./database.ts";
import { before, until } from "./wait.ts";

const ROOT = new URL("../../", import.meta.url);
const ISOLATES = 2;

export interface Server extends AsyncDisposable {
  /** `http://localhost:<port>`: browsers take our `Secure` cookies from there. */
  origin: string;
  database: TestDatabase;
  dataDir: string;
  /** Its process and those that it has started, the isolates' last. */
  pids(): number[];
  /** Everything it has printed. */
  output(): string;
  /** Ends every process of it at once, without a word. Postgres goes on. */
  kill9(): Promise<void>;
  /** Starts it again, on the same port and data. Resolves when it answers. */
  restart(): Promise<void>;
}

/** @param more laid over the environment */
export async function startServer(more: Record<string, string> = {}): Promise<Server> {
  const database = await testDatabase({ seeded: true });
  const dataDir = await Deno.makeTempDir({ prefix: "parley-server-" });
  const port = freePort();
  const origin = `http://localhost:${port}`;
  let output = "";
  let running: Deno.ChildProcess;

  function start(): void {
    const env = {
      PORT: `${port}`,
      HOST: "127.0.0.1",
      PUBLIC_URL: origin,
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      LIMITS_FACTOR: "1000",
      DENO_JOBS: `${ISOLATES}`,
      NO_COLOR: "1",
      ...more,
    };
    const args = ["run", "-A", "start.ts"];
    const streams = { stdin: "null", stdout: "piped", stderr: "piped" } as const;
    running = new Deno.Command(Deno.execPath(), { args, cwd: ROOT, env, ...streams }).spawn();
    for (const stream of [running.stdout, running.stderr]) void record(stream);
  }

  async function record(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) output += text;
  }

  async function ready(): Promise<void> {
    await until(`an answer from ${origin}\n${output}`, async () => {
      const response = await fetch(`http://127.0.0.1:${port}/health`);
      await response.body?.cancel();
      return response.ok;
    }, 30_000);
  }

  async function restart(): Promise<void> {
    start();
    await ready();
  }

  const pids = () => [running.pid, ...descendants(running.pid)];

  async function kill9(): Promise<void> {
    // Those who were started first notice when the others end; so all at once.
    for (const pid of pids()) Deno.kill(pid, "SIGKILL");
    await running.status;
    await until("a free port", () => canListen(port));
  }

  async function close(): Promise<void> {
    running.kill("SIGTERM");
    await before(running.status, `an orderly end\n${output}`, 15_000);
    await database.drop();
    await Deno.remove(dataDir, { recursive: true });
  }

  await restart();
  return {
    origin,
    database,
    dataDir,
    pids,
    output: () => output,
    kill9,
    restart,
    [Symbol.asyncDispose]: close,
  };
}

/** A port that nobody listens on now. */
export function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return listener.addr.port;
}

export function canListen(port: number): boolean {
  try {
    Deno.listen({ port, hostname: "127.0.0.1" }).close();
    return true;
  } catch {
    return false;
  }
}

/** The processes that a process has started, and theirs. Linux only. */
function descendants(pid: number): number[] {
  const children = Deno.readTextFileSync(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(
    Number,
  );
  return children.flatMap((child) => [child, ...descendants(child)]);
}
