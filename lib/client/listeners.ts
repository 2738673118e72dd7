/** A set of callbacks. One that throws does not keep the others from hearing. */
export class Listeners<Value> {
  readonly #all = new Set<(value: Value) => void>();

  /** @returns a call that takes the listener away again */
  add(listener: (value: Value) => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  tell(value: Value): void {
    for (const listener of [...this.#all]) {
      try {
        listener(value);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
