import type { Clock } from "../clock.ts";
import type { RoomId } from "../protocol/ids.ts";
import { TTL_WARNINGS } from "../protocol/limits.ts";
import type { RoomInfo } from "../protocol/types.ts";
import type { Hub } from "./hub.ts";

/** Milliseconds. */
const LOOK_EVERY = 1_000;

interface Surroundings {
  clock: Clock;
  hub: Hub;
  /** Sends everybody here out of a room whose time is over. */
  end(roomId: RoomId): void;
}

/** Ghost rooms that have listeners here: tells them when the end is near, and ends it in time. */
export class Endings {
  readonly #watched = new Map<RoomId, { endsAt: number; warned: number }>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(private readonly with_: Surroundings) {
    this.#timer = setInterval(() => this.look(), LOOK_EVERY);
  }

  /** Somebody came into a room; rooms without an end are none of ours. */
  watch({ id, endsAt }: RoomInfo): void {
    if (endsAt && !this.#watched.has(id)) {
      this.#watched.set(id, { endsAt: Date.parse(endsAt), warned: Infinity });
    }
  }

  look(): void {
    const { clock, hub } = this.with_;
    for (const [roomId, room] of this.#watched) {
      const channel = hub.find(roomId);
      const secondsLeft = Math.ceil((room.endsAt - clock()) / 1000);
      if (!channel || secondsLeft <= 0) this.#watched.delete(roomId);
      if (!channel) continue;
      if (secondsLeft <= 0) {
        this.with_.end(roomId);
        continue;
      }
      const due = TTL_WARNINGS.filter((seconds) => secondsLeft <= seconds).at(-1);
      if (due === undefined || due >= room.warned) continue;
      room.warned = due;
      channel.pass({
        type: "room_ttl_warning",
        roomId,
        endsAt: new Date(room.endsAt).toISOString(),
        secondsLeft,
      });
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
