import type { Sql } from "../db/client.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Limits } from "./http/limits.ts";
import type { Logger } from "./log.ts";
import type { RoomDirectory } from "./rooms/directory.ts";
import type { Realtime } from "./realtime/realtime.ts";

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
  /** Names this build; pages and sockets of another one reload. */
  build: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
}
