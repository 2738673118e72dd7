/** Tells the server how far I have read: seldom, and only what is really on screen. */
import type { Timers } from "./environment.ts";

/** A busy room moves the pointer with every message; once a second is often enough for the other devices. */
const PAUSE_MS = 1_000;

export class ReadPointer {
  #head = 0;
  #told = 0;
  #reading = false;
  #waiting: (() => void) | null = null;

  constructor(readonly timers: Timers, readonly tell: (seq: number) => void) {}

  /** @param reading the tab is visible and the end of the room is on screen */
  update(head: number, reading: boolean): void {
    this.#head = head;
    this.#reading = reading;
    if (!reading) return this.stop();
    if (head > this.#told && !this.#waiting) {
      this.#waiting = this.timers.after(PAUSE_MS, () => this.#say());
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
    this.tell(this.#head);
  }
}
