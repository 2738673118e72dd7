import type { Images } from "./adapters/images/images.ts";
import type { Push } from "./adapters/push/push.ts";
import type { Storage } from "./adapters/storage/storage.ts";
import type { Web } from "./adapters/web/web.ts";
import type { Passwords } from "./auth/passwords.ts";
import type { Sql } from "../db/client.ts";
import type { WebAuthn } from "./auth/webauthn.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Limits } from "./http/limits.ts";
import type { Logger } from "./log.ts";
import type { JobQueue } from "./jobs/queue.ts";
import type { Worker } from "./jobs/worker.ts";
import type { Notifier } from "./notifications/notifier.ts";
import type { Linker } from "./previews/linker.ts";
import type { RoomDirectory } from "./rooms/directory.ts";
import type { Realtime } from "./realtime/realtime.ts";
import type { Indexer } from "./search/indexer.ts";
import type { Vault } from "./vault/vault.ts";

/** All that a request may use. Built once an isolate by `main.ts`, handed to routes with each request. */
export interface Services {
  config: Config;
  log: Logger;
  clock: Clock;
  sql: Sql;
  kv: Deno.Kv;
  limits: Limits;
  rooms: RoomDirectory;
  realtime: Realtime;
  vault: Vault;
  passwords: Passwords;
  jobs: JobQueue;
  /** Does the jobs, beside those of other isolates. */
  worker: Worker;
  /** Keeps the search's index up with what is said. */
  indexer: Indexer;
  storage: Storage;
  images: Images;
  web: Web;
  /** Null where no keys are set up for it. */
  push: Push | null;
  /** Hears what is committed here; null where nothing is sent. */
  notifier: Notifier | null;
  /** Hears what is committed here, and sees to the previews of its links. */
  linker: Linker;
  webauthn: () => Promise<WebAuthn>;
  /** Names this build; pages and sockets of another one reload. */
  build: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
}
