import { connect } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";
import { createDelivery } from "./adapters/create.ts";
import { createImages } from "./adapters/images/sharp.ts";
import { createDiskStorage } from "./adapters/storage/disk.ts";
import { createPasswords } from "./auth/passwords.ts";
import { loadWebAuthn } from "./auth/webauthn.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { createLimits } from "./http/limits.ts";
import { createJobQueue } from "./jobs/create.ts";
import { startWorker } from "./jobs/worker.ts";
import type { Logger } from "./log.ts";
import { createRealtime } from "./realtime/realtime.ts";
import { RoomDirectory } from "./rooms/directory.ts";
import type { Services } from "./services.ts";
import { createVault } from "./vault/create.ts";

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
  const vault = await createVault(config.vault);
  const passwords = await createPasswords();
  const jobs = createJobQueue(sql, vault, clock);
  const storage = createDiskStorage(`${config.dataDir}/files`);
  const rooms = new RoomDirectory(sql, clock);
  const tools = { vault, passwords, jobs, storage, images: createImages(), webauthn: loadWebAuthn };
  const base = { config, log, clock, sql, kv, limits, rooms, ...tools, build, startedAt: clock() };
  const services = { ...base, realtime: await createRealtime(base) };
  return { ...services, worker: await startWorker(services, await createDelivery(config, clock)) };
}

/** Ends what {@link assemble} began; nothing acknowledged is lost. */
export async function dismantle({ realtime, worker, passwords, limits, sql, kv }: Services): Promise<void> {
  await Promise.all([realtime.close(), worker.stop()]);
  passwords.close();
  await limits.settled();
  await sql.end({ timeout: 2 });
  kv.close();
}
