/**
 * `deno task dev`: builds, serves, and does both again when a file changes. It runs the same build as production, so
 * that what works here works there; a rebuild takes about a second, open pages reload, sockets resume.
 */
import { ensurePostgres } from "./db/embedded.ts";
import { ConfigError, loadConfig } from "./lib/config.ts";
import { serve } from "./lib/serve.ts";

const WATCHED = ["components", "db", "islands", "lib", "routes", "static", "main.ts"].filter(exists);
/** Milliseconds: editors write a file in several steps. */
const SETTLE = 60;

async function run(...args: string[]): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), { args: ["task", "--quiet", ...args] }).spawn().status;
  return success;
}

/** Resolves at the next change of a source file. */
async function changed(): Promise<void> {
  const watcher = Deno.watchFs(WATCHED);
  for await (const { kind, paths } of watcher) {
    if (kind === "access" || !paths.some((path) => /\.(tsx?|css|sql|svg|png|woff2|webmanifest)$/.test(path))) continue;
    await new Promise((done) => setTimeout(done, SETTLE));
    watcher.close();
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile || true;
  } catch {
    return false;
  }
}

try {
  const config = loadConfig(Deno.env.toObject());
  const embedded = config.databaseUrl ? null : await ensurePostgres(config.dataDir);
  const databaseUrl = config.databaseUrl ?? embedded!.url;
  let server: ReturnType<typeof serve> | undefined;
  let ending = false;

  const end = async () => {
    if (ending) return;
    ending = true;
    server?.stop();
    await server?.ended;
    await embedded?.stop();
    Deno.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(signal, () => void end());

  while (!ending) {
    const waiting = changed();
    if (await run("build")) {
      server?.stop();
      await server?.ended;
      if (!ending) server = serve(config, { parallel: false, databaseUrl });
    } else {
      console.error("The build failed; the last one that worked stays up. Save a file to try again.");
    }
    await waiting;
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
