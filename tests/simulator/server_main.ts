/** `main.ts` with faults within reach: KV, clock and, where one is planted, a bug. Each isolate runs it once. */
import { connect } from "../../db/client.ts";
import { routes } from "../../fresh.gen.ts";
import { assemble, dismantle } from "../../lib/assemble.ts";
import { loadConfig } from "../../lib/config.ts";
import { createHandler } from "../../lib/http/handler.ts";
import { openKv } from "../../lib/kv_deadline.ts";
import { createLog } from "../../lib/log.ts";
import { loadPages } from "../../lib/pages.ts";
import { endTogether } from "../../lib/shutdown.ts";
import { surviveMistakes } from "../../lib/survive.ts";
import { plantInIsolate } from "./bugs/bugs.ts";
import { claimOrdinal, followControls } from "./controls.ts";
import { faultyKv } from "./faulty_kv.ts";

const config = loadConfig(Deno.env.toObject());
const log = createLog(config.development, Deno.env.get("LOG_LEVEL"));
surviveMistakes(log);

const controls = followControls(config.dataDir);
const ordinal = claimOrdinal(config.dataDir);
const planted = plantInIsolate(Deno.env.get("SIM_BUG"), () => console.error("the planted bug was reached"));

const pages = await loadPages();
const services = await assemble({
  config,
  log,
  clock: () => Date.now() + (controls().clocks[ordinal] ?? 0),
  databaseUrl: config.databaseUrl!,
  build: pages.build,
  open: {
    sql: (url) => planted.sql(connect(url, { name: "parley" })),
    kv: async (url, log) => faultyKv(await openKv(url, log), () => controls().kv),
  },
});
endTogether(config.dataDir, log, () => dismantle(services));

export default {
  fetch: createHandler(services, pages.fetch, routes.map(({ pattern }) => pattern)),
  onListen() {},
} satisfies Deno.ServeDefaultExport;
