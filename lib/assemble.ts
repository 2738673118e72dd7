import { connect, type Sql } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";
import { createDelivery } from "./adapters/create.ts";
import { createImages } from "./adapters/images/sharp.ts";
import { createPush } from "./adapters/push/create.ts";
import { createStorage } from "./adapters/storage/create.ts";
import { createWeb } from "./adapters/web/create.ts";
import { createPasswords } from "./auth/passwords.ts";
import { loadWebAuthn } from "./auth/webauthn.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { createLimits } from "./http/limits.ts";
import { createJobQueue } from "./jobs/create.ts";
import { startWorker } from "./jobs/worker.ts";
import { openKv } from "./kv_deadline.ts";
import type { Logger } from "./log.ts";
import { Notifier } from "./notifications/notifier.ts";
import { Linker } from "./previews/linker.ts";
import { createRealtime } from "./realtime/realtime.ts";
import { RoomDirectory } from "./rooms/directory.ts";
import { startIndexer } from "./search/indexer.ts";
import type { Services } from "./services.ts";
import { createVault } from "./vault/create.ts";

interface Parts {
  config: Config;
  log: Logger;
  clock: Clock;
  databaseUrl: string;
  build: string;
  /** Opens the two stores in another way: whoever wants them to fail stands in between. */
  open?: { sql(url: string): Sql; kv(url: string, log: Logger): Promise<Deno.Kv> };
}

const STORES: Required<Parts>["open"] = {
  sql: (url) => connect(url, { name: "parley" }),
  kv: openKv,
};

/** Opens what an isolate works with and brings the schema up to date. `main.ts` calls it, and tests do. */
export async function assemble(
  { config, log, clock, databaseUrl, build, open = STORES }: Parts,
): Promise<Services> {
  const sql = open.sql(databaseUrl);
  await migrate(sql);
  const kv = await open.kv(config.kvUrl, log);
  const limits = createLimits(kv, clock, log, config.limitsFactor);
  const vault = await createVault(config.vault);
  const passwords = await createPasswords();
  const jobs = createJobQueue(sql, vault, clock);
  const storage = await createStorage(config);
  const rooms = new RoomDirectory(sql, clock);
  const web = createWeb({ publicUrl: config.publicUrl });
  const push = config.push ? createPush(config.push) : null;
  if (!push) log.warn("Web Push is off: VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY are not set");
  const tools = {
    vault,
    passwords,
    jobs,
    storage,
    images: createImages(),
    web,
    push,
    indexer: startIndexer({ sql, log }),
    webauthn: loadWebAuthn,
  };
  const base = { config, log, clock, sql, kv, limits, rooms, ...tools, build, startedAt: clock() };
  const notifier = push && new Notifier(base);
  const realtime = await createRealtime(base);
  if (notifier) realtime.onCommitted((events) => notifier.hear(events));
  const linker = new Linker({ ...base, realtime });
  realtime.onCommitted((events) => linker.hear(events));
  const services = { ...base, realtime, notifier, linker };
  return { ...services, worker: await startWorker(services, await createDelivery(config, clock)) };
}

/** Ends what {@link assemble} began; nothing acknowledged is lost. */
export async function dismantle(services: Services): Promise<void> {
  const { realtime, worker, notifier, linker, indexer, passwords, limits, sql, kv } = services;
  await Promise.all([realtime.close(), worker.stop(), indexer.stop()]);
  await notifier?.close();
  await linker.close();
  passwords.close();
  await limits.settled();
  await sql.end({ timeout: 2 });
  kv.close();
}
