import type { Sql } from "../../db/client.ts";
import type { Clock } from "../clock.ts";
import type { Limits } from "../http/limits.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { RoomDirectory } from "../rooms/directory.ts";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { Doorbell } from "./doorbell.ts";
import type { Hub } from "./hub.ts";
import type { Presence } from "./presence.ts";
import type { Publisher } from "./publish.ts";
import type { Typing } from "./typing.ts";
import type { Vault } from "../vault/vault.ts";
import type { Endings } from "./endings.ts";
import type { Watch } from "./watch.ts";

/** What frames work with. */
export interface Desk {
  sql: Sql;
  clock: Clock;
  limits: Limits;
  rooms: RoomDirectory;
  connections: Connections;
  publisher: Publisher;
  hub: Hub;
  presence: Presence;
  typing: Typing;
  doorbell: Doorbell;
  endings: Endings;
  watch: Watch;
  vault: Vault;
  /** What these people's own lists of rooms say is another now. */
  listsChanged(userIds: readonly UserId[]): void;
  /** Tells a person's other sockets here that their read pointer moved. */
  tellReader(connection: Connection, roomId: RoomId, seq: number): void;
}
