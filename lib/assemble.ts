import { connect } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { createLimits } from "./http/limits.ts";
import type { Logger } from "./log.ts";
import { createRealtime } from "./realtime/realtime.ts";
import { RoomDirectory } from "./rooms/directory.ts";
import type { Services } from "./services.ts";

interface Parts {
  config: Config;
  log: Logger;
  clock: Clock;
  databaseUrl: string;
  build: string;
}

/** Opens what an isolate works with and brings the schema up to date. `main.ts` calls it, and tests do. */
export async function assemble({ config, log, clock, databaseUrl, build }: Parts): Promise<Services> {
  const sql = connect(databaseUrl, { name: "parley" });
  await migrate(sql);
  const kv = await Deno.openKv(config.kvUrl);
  const limits = createLimits(kv, clock, log, config.limitsFactor);
  const base = {
    config,
    log,
    clock,
    sql,
    kv,
    limits,
    rooms: new RoomDirectory(sql, clock),
    build,
    startedAt: clock(),
  };
  return { ...base, realtime: await createRealtime(base) };
}

/** Ends what {@link assemble} began; nothing acknowledged is lost. */
export async function dismantle({ realtime, limits, sql, kv }: Services): Promise<void> {
  await realtime.close();
  await limits.settled();
  await sql.end({ timeout: 2 });
  kv.close();
}
