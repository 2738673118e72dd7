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

/** Who else runs, and how many people each has in which room. All that other isolates write in KV is read through it. */
export class Isolates {
  readonly id: string = crypto.randomUUID();
  #others = new Map<string, Sign>();
  readonly #timer: ReturnType<typeof setInterval>;

  /**
   * @param countHere people by room on this isolate.
   * @param changed is called when an isolate has come or gone.
   */
  constructor(
    private readonly kv: Deno.Kv,
    private readonly clock: Clock,
    private readonly log: Logger,
    private readonly countHere: () => Map<RoomId, number>,
    private readonly changed: () => void,
  ) {
    this.#timer = setInterval(() => void this.beat(), BEAT);
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
    const total = new Map(this.countHere());
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
      const busiest = [...this.countHere()].sort(([, a], [, b]) => b - a).slice(0, ROOMS_TOLD);
      const sign: Sign = { at: this.clock(), online: Object.fromEntries(busiest) };
      await withRetry(() => this.kv.set(["isolate", this.id], sign, { expireIn: 4 * GONE_AFTER }));
      await this.look();
    } catch (error) {
      this.log.error({ error: String(error) }, "isolates cannot see each other");
    }
  }

  async look(): Promise<void> {
    const others = new Map<string, Sign>();
    for await (const { key, value } of this.kv.list<Sign>({ prefix: ["isolate"] })) {
      const id = String(key[1]);
      if (id !== this.id && this.clock() - value.at < GONE_AFTER) others.set(id, value);
    }
    const before = this.#others;
    this.#others = others;
    const same = before.size === others.size && [...before.keys()].every((id) => others.has(id));
    if (!same) this.changed();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.kv.delete(["isolate", this.id]);
  }
}
