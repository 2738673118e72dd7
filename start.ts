/**
 * `deno task start`: the built product on one machine, one isolate a core. With no `DATABASE_URL` it brings the embedded
 * PostgreSQL up first and takes it down last; the isolates themselves are `main.ts`.
 */
import { ensurePostgres } from "./db/embedded.ts";
import { ConfigError, loadConfig } from "./lib/config.ts";
import { serve } from "./lib/serve.ts";

try {
  const config = loadConfig(Deno.env.toObject());
  const embedded = config.databaseUrl ? null : await ensurePostgres(config.dataDir);
  const server = serve(config, { parallel: true, databaseUrl: config.databaseUrl ?? embedded!.url });
  for (const signal of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(signal, () => server.stop());
  const code = await server.ended;
  await embedded?.stop();
  Deno.exit(code);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
