/** Waits, counted by length: as many as there are, without a list of them. */

/** Buckets a millisecond, and milliseconds after which all are one. */
const FINE = 20;
const LONGEST = 5_000;

export class Waits {
  #counts = new Uint32Array(FINE * LONGEST + 1);
  #total = 0;

  /** @param wait in milliseconds */
  note(wait: number): void {
    this.#counts[Math.max(0, Math.min(FINE * LONGEST, Math.floor(wait * FINE)))]!++;
    this.#total++;
  }

  /** In milliseconds, to a twentieth. NaN of nothing. */
  percentile(share: number): number {
    let left = Math.max(1, Math.ceil(this.#total * share));
    if (this.#total === 0) return NaN;
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      left -= this.#counts[bucket]!;
      if (left <= 0) return (bucket + 1) / FINE;
    }
    return LONGEST;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }
}
