/**
 * Exponential back-off with full jitter: the wait before try n is drawn evenly from 0 to base · 2ⁿ. A thousand
 * clients that lost one server so come back spread out, not all at once.
 * Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export class Backoff {
  #tries = 0;

  /**
   * @param random gives 0 ≤ x < 1
   * @param base milliseconds, the longest first wait
   * @param cap milliseconds, the longest wait of all
   */
  constructor(readonly random: () => number, readonly base = 500, readonly cap = 30_000) {}

  /** Milliseconds to wait before the next try; each call counts one. */
  next(): number {
    return this.random() * Math.min(this.cap, this.base * 2 ** this.#tries++);
  }

  /** Acts as if at least `count` tries had failed already. */
  atLeast(count: number): void {
    this.#tries = Math.max(this.#tries, count);
  }

  reset(): void {
    this.#tries = 0;
  }
}
