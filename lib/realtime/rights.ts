import type { Sql } from "../../db/client.ts";
import { standingsOf } from "../../db/queries/memberships.ts";
import { isAppError } from "../errors.ts";
import type { ServerEvent } from "../protocol/events.ts";
import type { RoomId } from "../protocol/ids.ts";
import { type Standing, STRANGER } from "../protocol/types.ts";
import { demand, openRoom } from "../rooms/access.ts";
import type { RoomDirectory } from "../rooms/directory.ts";
import type { Channel } from "./channel.ts";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";

interface Surroundings {
  sql: Sql;
  rooms: RoomDirectory;
  connections: Connections;
  channelOf(roomId: RoomId): Channel | undefined;
  /** Takes a socket out of a room. */
  abandon(by: Connection, roomId: RoomId): void;
}

/** Sees to it that who loses the right to read a room gets nothing more from it. */
export class Rights {
  constructor(private readonly with_: Surroundings) {}

  /** Something changed in a room: those who may still be there are told what it is like now, the others are taken out. */
  async changed(roomId: RoomId): Promise<void> {
    await this.lookAgain(roomId);
    const channel = this.with_.channelOf(roomId);
    const found = channel && await this.with_.rooms.find(roomId);
    if (found && !found.closed) channel.pass({ type: "room_changed", roomId, room: found.info });
  }

  /** Asks anew of everybody here who listens to it, all in one query. */
  async lookAgain(roomId: RoomId): Promise<void> {
    const { sql, rooms } = this.with_;
    rooms.forget(roomId);
    const held = this.with_.connections.in(roomId);
    if (held.length === 0) return;
    const pairs = held.map((by) => ({ roomId, userId: by.session.viewer.id }));
    const [found, standings] = await Promise.all([rooms.find(roomId), standingsOf(sql, pairs)]);
    held.forEach((by, index) => {
      const standing = standings[index]!;
      try {
        const room = openRoom(found, rooms.now());
        demand(by.session.viewer, "read", room, room.kind === "language" ? STRANGER : standing);
      } catch (error) {
        if (!isAppError(error)) throw error;
        const over = error.code === "ROOM_NOT_FOUND" || error.status === 410;
        this.#evict(by, roomId, over ? closed(roomId, error.message) : sentAway(roomId, standing));
      }
    });
  }

  /** The room's time is over, as the clock says. */
  end(roomId: RoomId, reason: string): void {
    this.with_.rooms.forget(roomId);
    for (const by of this.with_.connections.in(roomId)) this.#evict(by, roomId, closed(roomId, reason));
  }

  /** One of those in a room has lost their place in it. */
  sendAway(by: Connection, roomId: RoomId, reason: string): void {
    this.#evict(by, roomId, [left(roomId, reason)]);
  }

  /** Out first, told afterwards: nothing of the room comes after that. */
  #evict(by: Connection, roomId: RoomId, events: ServerEvent[]): void {
    if (!by.rooms.has(roomId)) return;
    this.with_.abandon(by, roomId);
    by.answer(...events);
    by.flush();
  }
}

function closed(roomId: RoomId, reason: string): ServerEvent[] {
  return [{ type: "room_closed", roomId, reason }];
}

function sentAway(roomId: RoomId, { banned, former }: Standing): ServerEvent[] {
  if (banned) {
    return [{ type: "moderation", roomId, action: "BAN" }, left(roomId, "You are banned from this room.")];
  }
  if (former === "kicked") {
    return [{ type: "moderation", roomId, action: "KICK" }, left(roomId, "You were sent out of this room.")];
  }
  return [left(roomId, former ? "You have left this room." : "You may not read this room any more.")];
}

function left(roomId: RoomId, reason: string): ServerEvent {
  return { type: "room_left", roomId, reason };
}
