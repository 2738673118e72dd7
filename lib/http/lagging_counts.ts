import type { Clock } from "../clock.ts";
import { withRetry } from "../kv.ts";
import type { Logger } from "../log.ts";

/** How fast a limit lets through, as the generic cell rate algorithm counts; both in milliseconds. */
export interface Rate {
  /** From one to the next, at the steady rate. */
  interval: number;
  /** How far ahead of the steady rate a burst may run. */
  tolerance: number;
}

/** What is kept of a count, in KV too; both in milliseconds since the epoch. */
export interface Kept {
  /** When the steady rate will have caught up. */
  due: number;
  /** By the clock of whoever wrote it. */
  at: number;
}

/**
 * When the steady rate will have caught up, by our clock. Clocks differ and are set: what was written by one that is ahead
 * of ours holds its debt as it was then, and never locks anybody out for as long as the clocks are apart.
 */
export function dueNow(kept: Kept | null, now: number): number {
  // An older build kept a bare number; its counts are over within minutes.
  if (typeof kept?.due !== "number") return now;
  return Math.max(now, Math.min(kept.due, now + kept.due - kept.at));
}

/** One subject's count. */
interface Count extends Kept {
  key: Deno.KvKey;
  /** Milliseconds counted here and not told to KV. */
  owed: number;
}

/** What one `getMany()` of KV takes. */
const KEYS_A_READ = 10;
const CONFLICT_TRIES = 10;
/** Milliseconds between two tellings while there is always something to tell; limits are counted in minutes. */
const PAUSE = 200;
/**
 * Who leaves so many times the steady rate's interval between two, and so many milliseconds, is not told of: heartbeats of
 * thousands who are idle would be a write each. Such a pace stays below the rate on however many isolates it is kept up.
 */
const SPARSE = 16;
const SPARSE_AT_LEAST = 8_000;
/** Counts remembered before those that have run out are dropped. */
const REMEMBERED = 20_000;

/**
 * Limits on the way of every message: granted or refused at once from what this isolate knows, and told to KV behind
 * that, those of a moment together and one commit at a time. KV does some thousand commits a second on
 * one machine; a commit for each message would make that the speed of the whole. Another isolate's count is taken over
 * whenever ours is told, so somebody who spreads over isolates gains a few, once.
 */
export class LaggingCounts {
  readonly #known = new Map<string, Count>();
  readonly #owing = new Set<Count>();
  #telling: Promise<void> | null = null;

  constructor(private readonly kv: Deno.Kv, private readonly clock: Clock, private readonly log: Logger) {}

  /**
   * Takes one; returns the milliseconds to wait, 0 when it was granted. At once, save for a subject not seen before:
   * then KV is asked, and the promise rejects with what KV throws.
   */
  take(key: Deno.KvKey, rate: Rate): number | Promise<number> {
    const name = key.join("|");
    const count = this.#known.get(name);
    return count ? this.#take(count, rate) : this.#load(name, key).then((loaded) => this.#take(loaded, rate));
  }

  #take(count: Count, { interval, tolerance }: Rate): number {
    const now = this.clock();
    const due = dueNow(count, now);
    if (due - now > tolerance) return due - now - tolerance;
    const sparse = now - count.due > Math.max(SPARSE * interval, SPARSE_AT_LEAST);
    [count.due, count.at] = [due + interval, now];
    count.owed = sparse ? interval : count.owed + interval;
    if (sparse) return 0;
    this.#owing.add(count);
    this.#telling ??= this.#tell();
    return 0;
  }

  /** Nothing is known of these any more, and nothing will be told. */
  forget(keys: Deno.KvKey[]): void {
    for (const name of keys.map((key) => key.join("|"))) {
      const count = this.#known.get(name);
      if (count) this.#owing.delete(count);
      this.#known.delete(name);
    }
  }

  /** Resolves when KV knows all that was counted here. */
  async settled(): Promise<void> {
    await this.#telling;
  }

  async #load(name: string, key: Deno.KvKey): Promise<Count> {
    const { value } = await this.kv.get<Kept>(key);
    const meanwhile = this.#known.get(name);
    if (meanwhile) return meanwhile;
    if (this.#known.size >= REMEMBERED) this.#dropRunOut();
    const count: Count = { key, due: value?.due ?? 0, at: value?.at ?? 0, owed: 0 };
    this.#known.set(name, count);
    return count;
  }

  #dropRunOut(): void {
    const now = this.clock();
    for (const [name, count] of this.#known) {
      if (dueNow(count, now) <= now && !this.#owing.has(count)) this.#known.delete(name);
    }
  }

  async #tell(): Promise<void> {
    while (this.#owing.size > 0) {
      const all = [...this.#owing];
      this.#owing.clear();
      for (let first = 0; first < all.length; first += KEYS_A_READ) {
        try {
          await this.#write(all.slice(first, first + KEYS_A_READ));
        } catch (error) {
          this.log.error({ error: String(error) }, "limits cannot be told to the other isolates");
        }
      }
      if (this.#owing.size > 0) await new Promise((done) => setTimeout(done, PAUSE));
    }
    this.#telling = null;
  }

  async #write(batch: Count[]): Promise<void> {
    const owed = batch.map((count) => count.owed);
    for (const count of batch) count.owed = 0;
    for (let attempt = 0; attempt < CONFLICT_TRIES; attempt++) {
      const entries = await this.kv.getMany<Kept[]>(batch.map(({ key }) => key));
      const now = this.clock();
      const dues = entries.map(({ value }, index) => dueNow(value, now) + owed[index]!);
      const atomic = this.kv.atomic();
      entries.forEach((entry, index) => {
        const expireIn = Math.ceil(dues[index]! - now) + 1000;
        atomic.check(entry).set(entry.key, { due: dues[index], at: now }, { expireIn });
      });
      if (!(await withRetry(() => atomic.commit())).ok) continue;
      batch.forEach((count, index) =>
        [count.due, count.at] = [Math.max(dueNow(count, now), dues[index]!), now]
      );
      return;
    }
    throw new Error("too many isolates counted at once");
  }
}
