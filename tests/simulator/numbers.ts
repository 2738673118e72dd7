/** A list of numbers that grows, 8 bytes each; what was never set is 0. */
export class Numbers {
  #values = new Float64Array(1024);
  /** One more than the greatest index that was set. */
  length = 0;

  get(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const larger = new Float64Array(Math.max(index + 1, this.#values.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[index] = value;
    this.length = Math.max(this.length, index + 1);
  }
}
