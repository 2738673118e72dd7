/** Tells the server how far I have read: seldom, and only what is really on screen. */
import type { Timers } from "./environment.ts";

/**
 * A busy room moves the pointer with every message; once a second is often enough for the other devices. The first one
 * goes at once: who reads it and turns to another page has read it.
 */
const PAUSE_MS = 1_000;

export class ReadPointer {
  #head = 0;
  #told = 0;
  /** When it was told last, in milliseconds since 1970. */
  #toldAt = 0;
  #reading = false;
  #waiting: (() => void) | null = null;

  constructor(readonly timers: Timers, readonly tell: (seq: number) => void) {}

  /** @param reading the tab is visible and the end of the room is on screen */
  update(head: number, reading: boolean): void {
    this.#head = head;
    this.#reading = reading;
    if (!reading) return this.stop();
    if (head > this.#told && !this.#waiting) {
      const wait = Math.max(0, this.#toldAt + PAUSE_MS - this.timers.now());
      this.#waiting = this.timers.after(wait, () => this.#say());
    }
  }

  /** What the server has, after a join: what it missed is told again. */
  confirm(seq: number): void {
    this.#told = seq;
    this.update(this.#head, this.#reading);
  }

  stop(): void {
    this.#waiting?.();
    this.#waiting = null;
  }

  #say(): void {
    this.#waiting = null;
    if (!this.#reading || this.#head <= this.#told) return;
    this.#told = this.#head;
    this.#toldAt = this.timers.now();
    this.tell(this.#head);
  }
}
