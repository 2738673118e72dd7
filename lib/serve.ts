import type { Config } from "./config.ts";

interface Server {
  /** Asks it to finish; safe to call again. */
  stop(): void;
  /** Its exit code. */
  ended: Promise<number>;
}

/** Runs `main.ts` as a process of its own: one isolate, or one a core. */
export function serve(config: Config, options: { parallel: boolean; databaseUrl: string }): Server {
  const { host, port } = config;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "serve",
      "-A",
      ...(options.parallel ? ["--parallel"] : []),
      "--host",
      host,
      "--port",
      `${port}`,
      "main.ts",
    ],
    cwd: new URL("..", import.meta.url),
    env: { DATABASE_URL: options.databaseUrl, PARENT_PID: `${Deno.pid}` },
    stdin: "null",
  }).spawn();
  return {
    stop() {
      try {
        child.kill("SIGTERM");
      } catch {
        // It has ended already.
      }
    },
    ended: child.status.then(({ code }) => code),
  };
}
