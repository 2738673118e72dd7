import { ensurePostgres } from "../db/embedded.ts";
import { type Config, ConfigError, loadConfig } from "./config.ts";

export interface Launched {
  config: Config;
  databaseUrl: string;
  /** Resolves when somebody asks the program to end. */
  ending: Promise<void>;
}

const PARENT_CHECK = 500;

/**
 * What `dev.ts` and `start.ts` have in common: reads the configuration, brings the embedded PostgreSQL up when no
 * other is named, runs, and takes it down last. Exits with the code that `run` returns, or 1 after a clear word.
 */
export async function launch(run: (launched: Launched) => Promise<number>): Promise<never> {
  try {
    const config = loadConfig(Deno.env.toObject());
    demandFreePort(config);
    const embedded = config.databaseUrl ? null : await ensurePostgres(config.dataDir);
    const databaseUrl = config.databaseUrl ?? embedded!.url;
    const code = await run({ config, databaseUrl, ending: askedToEnd() });
    await embedded?.stopIfUnused();
    Deno.exit(code);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}

/** A signal, or the end of the `deno task` that started us: nobody else would free the port then. */
function askedToEnd(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) Deno.addSignalListener(signal, resolve);
  const parent = Deno.ppid;
  const byTask = Deno.env.has("INIT_CWD");
  if (byTask) setInterval(() => Deno.ppid !== parent && resolve(), PARENT_CHECK);
  return promise;
}

function demandFreePort({ host, port }: Config): void {
  try {
    Deno.listen({ hostname: host, port }).close();
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new ConfigError([
      `PORT: ${port} is taken by another program; choose another, such as PORT=${port + 1}`,
    ]);
  }
}
