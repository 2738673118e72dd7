/** Being in a room: asked for at every new connection, and again whenever events turn out to be missing. */
import type { ClientFrameInput } from "../protocol/frames.ts";
import { hasGap, type RoomState } from "../protocol/room_state.ts";
import { Backoff } from "./backoff.ts";
import type { Timers } from "./environment.ts";
import { asRefusal, isPassing, type Refusal } from "./refusal.ts";
import type { RoomSocket } from "./socket.ts";

export interface JoinDeps {
  socket: Pick<RoomSocket, "request">;
  timers: Timers;
  room: () => RoomState;
  random: () => number;
  /** What asks for the room and all after `afterSeq`. */
  frame: (afterSeq: number) => ClientFrameInput;
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
    const { socket, room, frame, onJoined } = this.deps;
    this.lost();
    const asking = this.#asking;
    try {
      const answer = await socket.request(frame(room().headSeq));
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

  #refused(why: Refusal): void {
    if (isPassing(why)) this.#askLater((why.retryAfter ?? 0) * 1000);
    // The next connection asks anew.
    else if (why.code !== "DISCONNECTED") this.deps.onRefused(why.message);
  }

  #askLater(atLeast: number): void {
    const wait = Math.max(atLeast, this.#backoff.next());
    this.#stopRetry = this.deps.timers.after(wait, () => this.ask());
  }
}
