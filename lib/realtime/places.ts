import type { Sql } from "../../db/client.ts";
import { isAppError } from "../errors.ts";
import type { Logger } from "../log.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { RoomDirectory } from "../rooms/directory.ts";
import { claimPlace, keepPlaces } from "../rooms/ghosts/places.ts";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";

/** Milliseconds; a place is kept for 30 s without this, so two may be lost. */
const LOOK_EVERY = 10_000;

interface Surroundings {
  sql: Sql;
  rooms: RoomDirectory;
  log: Logger;
  connections: Connections;
  /** Takes a socket out of a room and says why. */
  sendAway(by: Connection, roomId: RoomId, reason: string): void;
}

/** Ghosts who are in their room here: they keep their places for as long as they are. */
export class Places {
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(private readonly with_: Surroundings) {
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY);
  }

  async look(): Promise<void> {
    const { connections, log } = this.with_;
    const present = connections.all().filter(isInOwnRoom);
    if (present.length === 0) return;
    try {
      const ghosts = present.map(({ session: { viewer } }) => ({ id: viewer.id, room: viewer.room! }));
      const lost = new Set(await keepPlaces(this.with_, ghosts));
      for (const by of present) if (lost.has(by.session.viewer.id)) await this.#retake(by);
    } catch (error) {
      log.error({ error: String(error) }, "places cannot be kept");
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Only when the database was out of reach for long. Who came meanwhile has the place. */
  async #retake(by: Connection): Promise<void> {
    const { viewer } = by.session;
    try {
      await claimPlace(this.with_, viewer);
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.with_.sendAway(by, viewer.room!, error.message);
    }
  }
}

function isInOwnRoom({ session: { viewer }, rooms }: Connection): boolean {
  return viewer.room !== undefined && rooms.has(viewer.room);
}
