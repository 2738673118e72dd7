import { AppError } from "../errors.ts";
import { removeUnchanged } from "../kv.ts";
import type { KvCommits } from "../kv_commits.ts";
import type { Logger } from "../log.ts";
import type { Isolates } from "./isolates.ts";

const SOCKETS_AN_ACCOUNT = 10;
const SOCKETS_AN_ADDRESS = 20;

interface Surroundings {
  kv: Deno.Kv;
  commits: KvCommits;
  log: Logger;
  isolateId: string;
  isolates: Isolates;
  /** Multiplies both limits. */
  factor: number;
}

/**
 * How many sockets an account and an address hold, over all isolates. Each isolate keeps its own count in a key of its
 * own, so a crashed one leaves no debt: its counts are void once it is not alive.
 */
export class Admission {
  readonly #here = new Map<string, number>();
  /** Whose counts in KV are not what they are here. */
  readonly #untold = new Set<string>();
  #telling: Promise<void> | null = null;
  #closed = false;

  constructor(private readonly with_: Surroundings) {}

  /**
   * Takes a place for a socket; the returned function gives it back, once.
   * @throws AppError TOO_MANY_CONNECTIONS, and UNAVAILABLE when KV does not answer
   */
  async admit(userId: string, address: string): Promise<() => void> {
    const subjects = [`user:${userId}`, `address:${address}`];
    const limits = [SOCKETS_AN_ACCOUNT, SOCKETS_AN_ADDRESS].map((limit) => limit * this.with_.factor);
    // Counted before we ask the others, so that two sockets asking at once see each other.
    for (const subject of subjects) this.#add(subject, 1);
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      for (const subject of subjects) this.#add(subject, -1);
    };
    try {
      const totals = await Promise.all(subjects.map((subject) => this.#total(subject)));
      if (totals.some((total, index) => total > limits[index]!)) throw new AppError("TOO_MANY_CONNECTIONS");
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  /** Writes all counts anew: the others may have taken this isolate for gone, and its counts away. */
  retell(): void {
    for (const subject of this.#here.keys()) this.#untold.add(subject);
    this.#tellSoon();
  }

  /** Tells no more: what this isolate counted is void once it is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#untold.clear();
    await this.#telling;
  }

  #add(subject: string, by: number): void {
    const count = (this.#here.get(subject) ?? 0) + by;
    if (count > 0) this.#here.set(subject, count);
    else this.#here.delete(subject);
    this.#untold.add(subject);
    this.#tellSoon();
  }

  #tellSoon(): void {
    this.#telling ??= Promise.resolve().then(() => this.#tell());
  }

  /** Thousands may come back at once, and many from one address: what changed meanwhile is written together, once. */
  async #tell(): Promise<void> {
    const failed = new Set<string>();
    while (this.#untold.size > 0 && !this.#closed) {
      const subjects = [...this.#untold];
      this.#untold.clear();
      await Promise.all(subjects.map((subject) =>
        this.#write(subject).catch((error) => {
          this.with_.log.error({ error: String(error) }, "sockets cannot be counted");
          failed.add(subject);
        })
      ));
    }
    // With the next change, whosever that is, or once KV is back.
    for (const subject of failed) this.#untold.add(subject);
    this.#telling = null;
  }

  async #write(subject: string): Promise<void> {
    const { commits, isolateId } = this.with_;
    const key = ["sockets", subject, isolateId];
    const count = this.#here.get(subject);
    if (count === undefined) await commits.delete(key);
    else await commits.set(key, count);
  }

  async #total(subject: string): Promise<number> {
    const { kv, isolates, isolateId } = this.with_;
    const elsewhere = new Map<string, Deno.KvEntry<number>>();
    for await (const entry of kv.list<number>({ prefix: ["sockets", subject] })) {
      if (entry.key[2] !== isolateId) elsewhere.set(String(entry.key[2]), entry);
    }
    for (const isolate of await isolates.gone([...elsewhere.keys()])) {
      await removeUnchanged(kv, elsewhere.get(isolate)!);
      elsewhere.delete(isolate);
    }
    return [...elsewhere.values()].reduce((sum, { value }) => sum + value, this.#here.get(subject) ?? 0);
  }
}
