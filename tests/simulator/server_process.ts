/** The server under test: one process of several isolates, which can be killed and comes back on the same port. */
import { freePort } from "../bench/processes.ts";
import { signal } from "./processes.ts";

const ROOT = new URL("../../", import.meta.url);
const LOOK_EVERY = 50;
/** Milliseconds after which one that does not answer is started anew: it may have begun without its database. */
const START_PATIENCE = 30_000;
const LINES_KEPT = 60;

export class ServerProcess {
  readonly port = freePort();
  /** What it said last. */
  readonly lines: string[] = [];
  /** The process ended, or an isolate of it broke, though nobody had asked for that. */
  readonly crashes: string[] = [];
  /** Errors that postgres.js throws where nobody can catch them, when its connections end. The server lives with them. */
  driverErrors = 0;
  /** A planted bug has run. */
  reached = false;
  #child: Deno.ChildProcess | null = null;
  #ready = false;

  /** @param env of the server: configuration, and which bug is planted */
  constructor(readonly isolates: number, readonly env: Record<string, string>) {}

  /** Resolves when it answers. It is started again and again until it does: what it needs may be away itself. */
  async start(): Promise<void> {
    while (!await this.#startOnce());
    this.#ready = true;
  }

  /** Ends it at once, without a word. */
  async kill9(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Asks it to end in order. */
  async terminate(): Promise<void> {
    await this.#end("SIGTERM");
  }

  async #startOnce(): Promise<boolean> {
    const child = this.#spawn();
    this.#child = child;
    let ended = false;
    void child.status.then(({ code, signal }) => {
      ended = true;
      if (this.#ready && this.#child === child) {
        this.crashes.push(`the server ended by itself: ${signal ?? code}\n${this.lines.join("\n")}`);
      }
    });
    const deadline = Date.now() + START_PATIENCE;
    while (!ended && Date.now() < deadline) {
      if (await this.#answers()) return true;
      await new Promise((done) => setTimeout(done, LOOK_EVERY));
    }
    if (!ended) await this.kill9();
    return false;
  }

  #spawn(): Deno.ChildProcess {
    const where = ["--host", "127.0.0.1", "--port", `${this.port}`];
    const entry = new URL("server_main.ts", import.meta.url).pathname;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["serve", "-A", "--quiet", "--parallel", ...where, entry],
      cwd: ROOT,
      env: { ...this.env, PORT: `${this.port}`, DENO_JOBS: `${this.isolates}`, NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    for (const stream of [child.stdout, child.stderr]) void this.#record(stream);
    return child;
  }

  async #answers(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(5_000);
      const response = await fetch(`http://127.0.0.1:${this.port}/health`, { signal });
      await response.body?.cancel();
      // Also when it says that one of its stores is away.
      return true;
    } catch {
      return false;
    }
  }

  async #end(by: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (!child) return;
    [this.#child, this.#ready] = [null, false];
    signal(child.pid, by);
    await child.status;
  }

  async #record(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    let rest = "";
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const line of lines) this.#heard(line);
    }
  }

  /** An error of the log takes a second line, which says what it was. */
  #heard(line: string): void {
    if (/unhandled rejection|uncaught error/.test(this.lines.at(-1) ?? "")) {
      if (line.includes("/postgres/src/connection.js")) this.driverErrors++;
      else this.crashes.push(line);
    }
    this.lines.push(line);
    if (this.lines.length > LINES_KEPT) this.lines.shift();
    if (line.includes("the planted bug was reached")) this.reached = true;
  }
}
