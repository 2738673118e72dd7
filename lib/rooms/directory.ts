import type { Sql } from "../../db/client.ts";
import { findRoom } from "../../db/queries/rooms.ts";
import type { Clock } from "../clock.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { RoomInfo } from "../protocol/types.ts";

/** Milliseconds; rooms' names and ratings change rarely. */
const FRESH = 10_000;
const KEPT = 5_000;

/** Looks rooms up, remembering each for a few seconds: every frame asks. */
export class RoomDirectory {
  readonly #known = new Map<RoomId, { info: Promise<RoomInfo | null>; until: number }>();

  constructor(private readonly sql: Sql, private readonly clock: Clock) {}

  find(roomId: RoomId): Promise<RoomInfo | null> {
    const known = this.#known.get(roomId);
    if (known && known.until > this.clock()) return known.info;
    const info = findRoom(this.sql, roomId).then((found) => found?.info ?? null);
    info.catch(() => this.#known.delete(roomId));
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(roomId, { info, until: this.clock() + FRESH });
    return info;
  }
}
