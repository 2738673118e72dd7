import type { Clock } from "../clock.ts";
import { withRetry } from "../kv.ts";
import type { Logger } from "../log.ts";
import type { RoomId } from "../protocol/ids.ts";

/** What an isolate tells the others of itself. */
interface Sign {
  at: number;
  /** Room → people in it by this isolate's sockets. */
  online: Record<string, number>;
}

/** Milliseconds between two signs of life. */
const BEAT = 3_000;
/** An isolate that has not been heard of for this long is gone, with all who were connected to it. */
const GONE_AFTER = 15_000;
/** A value in KV holds 64 KiB: the busiest rooms come first. */
const ROOMS_TOLD = 1_500;

interface Surroundings {
  kv: Deno.Kv;
  clock: Clock;
  log: Logger;
  /** People by room on this isolate. */
  countHere(): Map<RoomId, number>;
  /** An isolate has come or gone. */
  changed(): void;
  /** There is somebody else now. */
  came(): void;
  /** This isolate's signs are heard again after they were not: what it wrote may have been taken away. */
  returned(): void;
}

/** Who else runs, and how many people each has in which room. All that other isolates write in KV is read through it. */
export class Isolates {
  readonly id: string = crypto.randomUUID();
  #others = new Map<string, Sign>();
  #alone = false;
  readonly #timer: ReturnType<typeof setInterval>;
  /** A sign of life failed, or was so late that others may have taken this isolate for gone. */
  #unheard = false;
  #beatAt: number;

  constructor(private readonly with_: Surroundings) {
    this.#beatAt = with_.clock();
    this.#timer = setInterval(() => void this.beat(), BEAT);
  }

  /** No other isolate has left a sign, not even one that seems too old: clocks may be wrong, and news must not wait for that. */
  get alone(): boolean {
    return this.#alone;
  }

  isAlive(id: string): boolean {
    return id === this.id || this.#others.has(id);
  }

  /**
   * Those of `ids` that are gone for good; what they left in KV may be removed. Looks anew before it says so of an
   * isolate that it does not know: it may just have been born.
   */
  async gone(ids: string[]): Promise<Set<string>> {
    if (ids.every((id) => this.isAlive(id))) return new Set();
    await this.look();
    return new Set(ids.filter((id) => !this.isAlive(id)));
  }

  /** People in each room, over all isolates; a few seconds late for the others'. */
  onlineByRoom(): Map<RoomId, number> {
    const total = new Map(this.with_.countHere());
    for (const { online } of this.#others.values()) {
      for (const [room, count] of Object.entries(online)) {
        total.set(room as RoomId, (total.get(room as RoomId) ?? 0) + count);
      }
    }
    return total;
  }

  /** Gives a sign of life and looks for the others'. */
  async beat(): Promise<void> {
    try {
      const late = this.with_.clock() - this.#beatAt >= GONE_AFTER;
      const busiest = [...this.with_.countHere()].sort(([, a], [, b]) => b - a).slice(0, ROOMS_TOLD);
      const sign: Sign = { at: this.with_.clock(), online: Object.fromEntries(busiest) };
      await withRetry(() => this.with_.kv.set(["isolate", this.id], sign, { expireIn: 4 * GONE_AFTER }));
      this.#beatAt = this.with_.clock();
      await this.look();
      if (this.#unheard || late) this.with_.returned();
      this.#unheard = false;
    } catch (error) {
      this.#unheard = true;
      this.with_.log.error({ error: String(error) }, "isolates cannot see each other");
    }
  }

  /** Looks at once: somebody says that they have come. */
  lookNow(): Promise<void> {
    return this.look().catch((error) =>
      this.with_.log.error({ error: String(error) }, "isolates cannot see each other")
    );
  }

  async look(): Promise<void> {
    const others = new Map<string, Sign>();
    let alone = true;
    for await (const { key, value } of this.with_.kv.list<Sign>({ prefix: ["isolate"] })) {
      const id = String(key[1]);
      if (id === this.id) continue;
      alone = false;
      if (this.with_.clock() - value.at < GONE_AFTER) others.set(id, value);
    }
    const before = this.#others;
    this.#others = others;
    if (this.#alone && !alone) this.with_.came();
    this.#alone = alone;
    const same = before.size === others.size && [...before.keys()].every((id) => others.has(id));
    if (!same) this.with_.changed();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    // Where KV is away, the others notice by our silence.
    await this.with_.kv.delete(["isolate", this.id]).catch((error) =>
      this.with_.log.error({ error: String(error) }, "isolates cannot see each other")
    );
  }
}
