import type { Segment } from "../../db/queries/search_index.ts";

/** Messages in one piece of the index. */
const SIZE = 4096;

/** Says in which piece of the index a message stands: new ones in the newest, older ones where their time is. */
export class Segments {
  readonly #segments: Segment[];
  readonly #changed = new Set<Segment>();

  /** @param segments in order of their ids; the newest among them, and those that hold the times which will be asked for */
  constructor(segments: Segment[]) {
    this.#segments = segments;
  }

  /** @param at microseconds since the epoch */
  place(at: string): number {
    const segment = this.#find(BigInt(at));
    segment.size++;
    if (BigInt(at) < BigInt(segment.firstAt)) segment.firstAt = at;
    if (BigInt(at) > BigInt(segment.lastAt)) segment.lastAt = at;
    this.#changed.add(segment);
    return segment.id;
  }

  changed(): Segment[] {
    return [...this.#changed];
  }

  #find(at: bigint): Segment {
    const newest = this.#segments.at(-1);
    if (newest && at >= BigInt(newest.firstAt)) return newest.size < SIZE ? newest : this.#begin(at);
    // Long past: it may well grow a little.
    const older = this.#segments.findLast(({ firstAt }) => BigInt(firstAt) <= at) ?? this.#segments[0];
    return older ?? this.#begin(at);
  }

  #begin(at: bigint): Segment {
    const id = (this.#segments.at(-1)?.id ?? 0) + 1;
    const segment = { id, size: 0, firstAt: String(at), lastAt: String(at) };
    this.#segments.push(segment);
    return segment;
  }
}
