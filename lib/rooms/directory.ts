import type { Sql } from "../../db/client.ts";
import { standingOf } from "../../db/queries/memberships.ts";
import { findRoom, type FoundRoom } from "../../db/queries/rooms.ts";
import type { Clock } from "../clock.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Standing } from "../protocol/types.ts";

/** Milliseconds; whatever changes a room or somebody's standing in it tells {@link RoomDirectory.forget} at once. */
const FRESH = 10_000;
const KEPT = 5_000;

/** Something that was asked for, and what it turned out to be once that is known. */
interface Asked<Value> {
  promise: Promise<Value>;
  value?: Value;
}

interface Known {
  room: Asked<FoundRoom | null>;
  standings: Map<UserId, Asked<Standing>>;
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
    return this.#look(roomId).room.promise;
  }

  /** As {@link find}, without asking anybody: `undefined` when that would be needed. */
  recall(roomId: RoomId): FoundRoom | null | undefined {
    return this.#recall(roomId)?.room.value;
  }

  standing(roomId: RoomId, userId: UserId): Promise<Standing> {
    const { standings } = this.#look(roomId);
    const known = standings.get(userId);
    if (known) return known.promise;
    const standing = asked(standingOf(this.sql, roomId, userId), () => standings.delete(userId));
    standings.set(userId, standing);
    return standing.promise;
  }

  /** As {@link standing}, without asking anybody: `undefined` when that would be needed. */
  recallStanding(roomId: RoomId, userId: UserId): Standing | undefined {
    return this.#recall(roomId)?.standings.get(userId)?.value;
  }

  /** What is being looked up just now is forgotten too: it may have been read before the change. */
  forget(roomId: RoomId): void {
    this.#known.delete(roomId);
  }

  #recall(roomId: RoomId): Known | undefined {
    const known = this.#known.get(roomId);
    return known && known.until > this.clock() ? known : undefined;
  }

  #look(roomId: RoomId): Known {
    const known = this.#recall(roomId);
    if (known) return known;
    const room = asked(findRoom(this.sql, roomId), () => this.#known.delete(roomId));
    if (this.#known.size >= KEPT) this.#known.clear();
    const fresh: Known = { room, standings: new Map(), until: this.clock() + FRESH };
    this.#known.set(roomId, fresh);
    return fresh;
  }
}

function asked<Value>(promise: Promise<Value>, failed: () => void): Asked<Value> {
  const asked: Asked<Value> = { promise };
  promise.then((value) => asked.value = value, failed);
  return asked;
}
