import type { Config } from "./config.ts";

interface Server {
  /** Asks it to finish; safe to call again. */
  stop(): void;
  /** Its exit code. */
  ended: Promise<number>;
}

interface Serving {
  host: string;
  port: number;
  /** One isolate a core, or as many as `DENO_JOBS` says. */
  parallel?: boolean;
  /** More flags for Deno. */
  flags?: readonly string[];
}

/** What Deno is asked for, to run the built product. */
export function serveArgs({ host, port, parallel = false, flags = [] }: Serving): string[] {
  const more = [...flags, ...(parallel ? ["--parallel"] : [])];
  return ["serve", "-A", ...more, "--host", host, "--port", `${port}`, "main.ts"];
}

/** Runs `main.ts` as a process of its own: one isolate, or one a core. */
export function serve(config: Config, options: { parallel: boolean; databaseUrl: string }): Server {
  const { host, port } = config;
  const child = new Deno.Command(Deno.execPath(), {
    args: serveArgs({ host, port, parallel: options.parallel }),
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
