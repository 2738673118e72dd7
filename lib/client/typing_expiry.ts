/** Lets go of those who fell silent while they typed: nobody says so for somebody whose connection broke. */
import type { Typist } from "../protocol/room_state.ts";
import type { Timers } from "./environment.ts";

export class TypingExpiry {
  #stop: () => void = () => {};

  /** @param expire drops those whose time is over, and returns who is left */
  constructor(readonly timers: Timers, readonly expire: () => readonly Typist[]) {}

  /** Waits for the first of them to fall silent. */
  watch(typists: readonly Pick<Typist, "until">[]): void {
    this.stop();
    const soonest = Math.min(...typists.map(({ until }) => until));
    if (soonest === Infinity) return;
    const wait = Math.max(0, soonest - this.timers.now());
    this.#stop = this.timers.after(wait, () => this.watch(this.expire()));
  }

  stop(): void {
    this.#stop();
  }
}
