import { withRetry } from "./kv.ts";

interface Write {
  key: Deno.KvKey;
  /** Without one the key is removed. */
  value?: unknown;
  expireIn?: number;
  /** What must still stand there. */
  check?: Deno.KvEntryMaybe<unknown>;
  resolve(done: boolean): void;
  reject(error: unknown): void;
}

/** One atomic operation takes 100 checks and 800 KiB; the largest of our values, a full room's people, has some 20 KiB. */
const WRITES_AT_ONCE = 30;

/**
 * Group commit for KV: what is written while one commit is on its way goes together with the next. A commit of a local KV
 * takes 0.2 ms, and with several isolates a wait for the file's lock, whether it holds one write or ninety. Writes happen in
 * the order in which they were asked for.
 */
export class KvCommits {
  #waiting: Write[] = [];
  #draining: Promise<void> | null = null;

  constructor(private readonly kv: Deno.Kv) {}

  async set(key: Deno.KvKey, value: unknown, { expireIn }: { expireIn?: number } = {}): Promise<void> {
    await this.#write({ key, value, expireIn });
  }

  async delete(key: Deno.KvKey): Promise<void> {
    await this.#write({ key });
  }

  /** Removes what was read; false when somebody else has changed it since. */
  take(entry: Deno.KvEntryMaybe<unknown>): Promise<boolean> {
    return this.#write({ key: entry.key, check: entry });
  }

  #write(write: Omit<Write, "resolve" | "reject">): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    this.#waiting.push({ ...write, resolve, reject });
    // A microtask later, so that all of one turn of the loop go together.
    this.#draining ??= Promise.resolve().then(() => this.#drain());
    return promise;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const writes = this.#waiting.splice(0, this.#fitting());
      try {
        if (await this.#commit(writes)) { for (const { resolve } of writes) resolve(true); }
        // One of them did not find what it checks: the others must not fail for it.
        else for (const write of writes) write.resolve(await this.#commit([write]));
      } catch (error) {
        for (const { reject } of writes) reject(error);
      }
    }
    this.#draining = null;
  }

  /**
   * How many of those that wait may go together. Of two that check the same entry each would find it, so that both took what
   * one may have: a key that is checked is written once a commit.
   */
  #fitting(): number {
    const keys = new Map<string, boolean>();
    for (const [index, { key, check }] of this.#waiting.entries()) {
      const name = key.map(String).join("\0");
      if (index === WRITES_AT_ONCE || keys.get(name) || (check && keys.has(name))) return index;
      keys.set(name, check !== undefined);
    }
    return this.#waiting.length;
  }

  async #commit(writes: Write[]): Promise<boolean> {
    const result = await withRetry(() => {
      const atomic = this.kv.atomic();
      for (const { key, value, expireIn, check } of writes) {
        if (check) atomic.check(check);
        if (value === undefined) atomic.delete(key);
        else atomic.set(key, value, expireIn === undefined ? {} : { expireIn });
      }
      return atomic.commit();
    });
    return result.ok;
  }
}
