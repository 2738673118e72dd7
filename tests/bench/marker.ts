/** Finds a text again and again in the bytes of frames, where it mostly comes at the same distance. */
export class Marker {
  readonly #bytes: Uint8Array;
  /** How far apart the last two were. */
  #stride = 0;

  /** @param text in ASCII */
  constructor(text: string) {
    this.#bytes = new TextEncoder().encode(text);
  }

  /** How often it stands in these bytes. */
  count(payload: Uint8Array): number {
    let count = 0;
    for (let at = this.next(payload, -1); at >= 0; at = this.next(payload, at)) count++;
    return count;
  }

  /** Where it stands next after `from`, another place of it; -1 when nowhere. */
  next(payload: Uint8Array, from: number): number {
    // Far faster than to look: messages of a bench are as long as each other, but for a digit now and then.
    const guess = from + this.#stride;
    if (from >= 0 && this.#stride > 0 && this.#isAt(payload, guess)) return guess;
    const at = this.#search(payload, from + 1);
    if (from >= 0 && at >= 0) this.#stride = at - from;
    return at;
  }

  #search(payload: Uint8Array, from: number): number {
    const bytes = this.#bytes;
    const [last, length] = [bytes[bytes.length - 1], bytes.length];
    const second = bytes[length - 2];
    for (let end = from + length - 1; end < payload.length; end++) {
      if (payload[end] === last && payload[end - 1] === second && this.#isAt(payload, end - length + 1)) {
        return end - length + 1;
      }
    }
    return -1;
  }

  #isAt(payload: Uint8Array, at: number): boolean {
    const bytes = this.#bytes;
    if (at + bytes.length > payload.length) return false;
    for (let index = 0; index < bytes.length; index++) if (payload[at + index] !== bytes[index]) return false;
    return true;
  }
}
