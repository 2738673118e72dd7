/** Being in a room: asked for at every new connection, and again whenever events turn out to be missing. */
import { hasGap, type RoomState } from "../protocol/room_state.ts";
import { Backoff } from "./backoff.ts";
import type { Timers } from "./environment.ts";
import { asRefusal, type Refusal } from "./refusal.ts";
import type { ParleySocket } from "./socket.ts";

export interface JoinDeps {
  socket: Pick<ParleySocket, "request">;
  timers: Timers;
  room: () => RoomState;
  random: () => number;
  /** In the room, without a gap. `readSeq` is the read pointer that the server has. */
  onJoined(readSeq: number): void;
  /** Not for us. `reason` is fit to show. */
  onRefused(reason: string): void;
}

export class RoomJoin {
  /** Counts askings: an answer to an earlier one is no answer any more. */
  #asking = 0;
  #joined = false;
  #stopRetry: () => void = () => {};
  readonly #backoff: Backoff;

  constructor(readonly deps: JoinDeps) {
    this.#backoff = new Backoff(deps.random);
  }

  /** Asks for everything after `headSeq`. What comes back has been reduced by the time the answer is here. */
  async ask(): Promise<void> {
    const { socket, room, onJoined } = this.deps;
    this.lost();
    const asking = this.#asking;
    const { roomId, headSeq } = room();
    try {
      const answer = await socket.request({ type: "join_room", roomId, afterSeq: headSeq });
      if (asking !== this.#asking) return;
      if (hasGap(room())) return this.#askLater(0);
      this.#joined = true;
      this.#backoff.reset();
      onJoined(answer.type === "room_joined" ? answer.readSeq : room().readSeq);
    } catch (error) {
      if (asking === this.#asking) this.#refused(asRefusal(error));
    }
  }

  /** Asks again when what came last does not follow on what was there. */
  mend(): void {
    if (this.#joined && hasGap(this.deps.room())) this.ask();
  }

  /** The connection is gone, and being in the room with it. */
  lost(): void {
    this.#asking++;
    this.#joined = false;
    this.#stopRetry();
  }

  #refused({ code, message, retryAfter = 0 }: Refusal): void {
    switch (code) {
      case "DISCONNECTED":
        // The next connection asks anew.
        return;
      case "TIMEOUT":
      case "UNAVAILABLE":
      case "INTERNAL":
      case "RATE_LIMIT_EXCEEDED":
        return this.#askLater(retryAfter * 1000);
      default:
        this.deps.onRefused(message);
    }
  }

  #askLater(atLeast: number): void {
    const wait = Math.max(atLeast, this.#backoff.next());
    this.#stopRetry = this.deps.timers.after(wait, () => this.ask());
  }
}
