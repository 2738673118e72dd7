import type { Timers } from "../../lib/client/environment.ts";

/**
 * The browser's timers on a clock that runs `pace` times as fast, so that a client finds out in seconds what takes a
 * minute otherwise: that nobody answers, that a connection is half open, that it may try again.
 */
export class HastenedTimers implements Timers {
  readonly #began = Date.now();

  constructor(private readonly pace: number) {}

  now(): number {
    return this.#began + (Date.now() - this.#began) * this.pace;
  }

  after(delay: number, run: () => void): () => void {
    const timer = setTimeout(run, delay / this.pace);
    return () => clearTimeout(timer);
  }
}
