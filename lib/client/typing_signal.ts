/** Tells the others that I type: at most every 3 s, which is well within the 5 s after which they forget it. */
import type { Timers } from "./environment.ts";

const RENEW_MS = 3_000;

export class TypingSignal {
  #saidAt = -Infinity;

  constructor(readonly timers: Timers, readonly say: (on: boolean) => void) {}

  /** A key was pressed; `text` is what the field holds now. */
  typed(text: string): void {
    if (text.trim() === "") return this.stopped();
    if (this.timers.now() - this.#saidAt < RENEW_MS) return;
    this.#saidAt = this.timers.now();
    this.say(true);
  }

  /** Sent, emptied, or left. */
  stopped(): void {
    if (this.#saidAt === -Infinity) return;
    this.#saidAt = -Infinity;
    this.say(false);
  }
}
