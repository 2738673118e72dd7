import type { Sql } from "../../db/client.ts";
import { standingOf } from "../../db/queries/memberships.ts";
import { findRoom, type FoundRoom } from "../../db/queries/rooms.ts";
import type { Clock } from "../clock.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Standing } from "../protocol/types.ts";

/** Milliseconds; whatever changes a room or somebody's standing in it tells {@link RoomDirectory.forget} at once. */
const FRESH = 10_000;
const KEPT = 5_000;

interface Known {
  room: Promise<FoundRoom | null>;
  standings: Map<UserId, Promise<Standing>>;
  until: number;
}

/** Looks up rooms, and who is what to them, remembering both for a few seconds: every frame asks. */
export class RoomDirectory {
  readonly #known = new Map<RoomId, Known>();

  constructor(private readonly sql: Sql, private readonly clock: Clock) {}

  /** Milliseconds since the epoch, by the clock that says when rooms end. */
  now(): number {
    return this.clock();
  }

  /** `null` where there is no such room. */
  find(roomId: RoomId): Promise<FoundRoom | null> {
    return this.#look(roomId).room;
  }

  standing(roomId: RoomId, userId: UserId): Promise<Standing> {
    const { standings } = this.#look(roomId);
    const known = standings.get(userId);
    if (known) return known;
    const standing = standingOf(this.sql, roomId, userId);
    standing.catch(() => standings.delete(userId));
    standings.set(userId, standing);
    return standing;
  }

  /** What is being looked up just now is forgotten too: it may have been read before the change. */
  forget(roomId: RoomId): void {
    this.#known.delete(roomId);
  }

  #look(roomId: RoomId): Known {
    const known = this.#known.get(roomId);
    if (known && known.until > this.clock()) return known;
    const room = findRoom(this.sql, roomId);
    room.catch(() => this.#known.delete(roomId));
    if (this.#known.size >= KEPT) this.#known.clear();
    const fresh: Known = { room, standings: new Map(), until: this.clock() + FRESH };
    this.#known.set(roomId, fresh);
    return fresh;
  }
}
