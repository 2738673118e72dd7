/** A real `denokv` server that can be killed, stopped and woken. */
import { denokvPath, hasDenokv } from "../../tools/denokv_place.ts";
import { freePort } from "./server.ts";
import { before, until } from "./wait.ts";

export interface KvServer extends AsyncDisposable {
  /** As KV_URL names it. */
  url: string;
  token: string;
  /** Starts it, on the same port and data. Resolves when it answers. */
  start(): Promise<void>;
  /** Ends it at once, without a word. */
  kill9(): Promise<void>;
  /** It takes connections, and answers nothing. Linux only. */
  hang(): Promise<void>;
  wake(): void;
}

export async function startDenokv(): Promise<KvServer> {
  const folder = await Deno.makeTempDir({ prefix: "denokv-test-" });
  const token = crypto.randomUUID();
  const address = `127.0.0.1:${freePort()}`;
  const url = `http://${address}`;
  let running: Deno.ChildProcess | undefined;

  async function start(): Promise<void> {
    running = new Deno.Command(denokvPath(), {
      args: ["--sqlite-path", `${folder}/kv.sqlite`, "serve", "--addr", address],
      env: { DENO_KV_ACCESS_TOKEN: token },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    await until("an answer of denokv", async () => {
      const answer = await fetch(url);
      await answer.body?.cancel();
      return true;
    });
  }
  async function kill9(): Promise<void> {
    running?.kill("SIGKILL");
    await before(running!.status, "the end of denokv");
    running = undefined;
  }
  await start();
  return {
    ...{ url, token, start, kill9 },
    async hang() {
      running!.kill("SIGSTOP");
      await until("a process that is stopped", () => stateOf(running!.pid) === "T");
    },
    wake: () => running!.kill("SIGCONT"),
    async [Symbol.asyncDispose]() {
      if (running) await kill9();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** proc_pid_stat(5), field 3. */
function stateOf(pid: number): string {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2)[0]!;
}

/**
 * A test that needs `denokv`. Where it is not installed it is reported as ignored; where DENOKV_REQUIRED is set, as on
 * machines that check everything, it fails.
 */
export function kvServerTest(name: string, run: (test: Deno.TestContext) => Promise<void>): void {
  const ignore = !hasDenokv() && !Deno.env.get("DENOKV_REQUIRED");
  if (ignore) console.warn(`ignored, for denokv is not installed (deno task denokv:install): ${name}`);
  Deno.test({ name, ignore, fn: run });
}
