import type { Sql } from "../../db/client.ts";
import { pointersMovedSince } from "../../db/queries/reads.ts";
import type { Clock } from "../clock.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { Doorbell } from "./doorbell.ts";
import { READER } from "./topics.ts";

/** Milliseconds; pointers told twice do no harm, and clocks of several machines differ. */
const LOOKED_BACK = 10_000;

interface Surroundings {
  sql: Sql;
  clock: Clock;
  doorbell: Doorbell;
  connections: Connections;
  watches: (by: Connection) => boolean;
}

/** How far people have read, told to all their sockets. */
export class Readers {
  constructor(private readonly with_: Surroundings) {}

  /** Somebody has read up to `seq` by one of their sockets: the others learn it. */
  moved(by: Connection, roomId: RoomId, seq: number): void {
    const { id } = by.session.viewer;
    this.with_.doorbell.ring(READER + id);
    for (const connection of this.with_.connections.of(id)) {
      if (connection !== by) connection.answer({ type: "read", roomId, seq });
    }
  }

  /** These people have read something, here or elsewhere: those of their sockets that want to know are told. */
  async heard(readers: readonly UserId[]): Promise<void> {
    const { sql, clock, connections, watches } = this.with_;
    const mine = readers.filter((id) => connections.of(id).length > 0);
    if (mine.length === 0) return;
    const since = new Date(clock() - LOOKED_BACK).toISOString();
    for (const { userId, roomId, seq } of await pointersMovedSince(sql, mine, since)) {
      for (const connection of connections.of(userId)) {
        const told = connection.rooms.has(roomId) || watches(connection);
        if (told) connection.answer({ type: "read", roomId, seq });
      }
    }
  }
}
