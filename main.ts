import { ensurePostgres } from "./db/embedded.ts";
import { seed } from "./db/seed.ts";
import { routes } from "./fresh.gen.ts";
import { assemble, dismantle } from "./lib/assemble.ts";
import { systemClock } from "./lib/clock.ts";
import { loadConfig } from "./lib/config.ts";
import { createHandler } from "./lib/http/handler.ts";
import { createLog } from "./lib/log.ts";
import { loadPages } from "./lib/pages.ts";
import { endTogether } from "./lib/shutdown.ts";
import { surviveMistakes } from "./lib/survive.ts";

/** Config → services → handler. Each isolate runs this once. */
const config = loadConfig(Deno.env.toObject());
const log = createLog(config.development, Deno.env.get("LOG_LEVEL"));
surviveMistakes(log);

/** One isolate that cannot begin ends them all, so that whoever started them can try again. */
function cannotStart(error: unknown): never {
  log.fatal({ error: error instanceof Error ? error.stack : String(error) }, "Parley cannot start");
  Deno.exit(1);
}

async function begin() {
  const pages = await loadPages();
  const databaseUrl = config.databaseUrl ?? (await ensurePostgres(config.dataDir)).url;
  const services = await assemble({ config, log, clock: systemClock, databaseUrl, build: pages.build });
  // Development begins with people in the rooms; production with the rooms alone.
  await seed(services.sql, { history: config.development });
  return { pages, services };
}

const { pages, services } = await begin().catch(cannotStart);
endTogether(config.dataDir, log, () => dismantle(services));

export default {
  fetch: createHandler(services, pages.fetch, routes.map(({ pattern }) => pattern)),
  onListen() {
    log.info({ isolate: services.realtime.isolateId }, `Parley is ready at ${config.publicUrl}`);
  },
} satisfies Deno.ServeDefaultExport;
