/** Stand-ins for what the browser lends: a clock turned by hand, a store that outlives a "page", page signals. */
import type { PageChange, PageSignals, Store, Timers } from "../../lib/client/environment.ts";

/** Time passes only by `advance`; due timers run in their order. */
export class HandClock implements Timers {
  #now = 1_000_000;
  #due: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delay: number, run: () => void): () => void {
    const entry = { at: this.#now + delay, run };
    this.#due.push(entry);
    return () => this.#due = this.#due.filter((other) => other !== entry);
  }

  /** Milliseconds until the next timers, soonest first. */
  get waits(): number[] {
    return this.#due.map((entry) => entry.at - this.#now).sort((a, b) => a - b);
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#due.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due = this.#due.filter((entry) => entry !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }
}

/** The storage of one browser; `tab()` gives each tab its own view of it, with events to the others only. */
export class SharedStorage {
  readonly #data = new Map<string, string>();
  readonly #watchers: { tab: number; listener: (key: string, value: string | null) => void }[] = [];
  #tabs = 0;

  tab(): Store {
    const tab = ++this.#tabs;
    const tell = (key: string, value: string | null) => {
      for (const watcher of this.#watchers) if (watcher.tab !== tab) watcher.listener(key, value);
    };
    return {
      get: (key) => this.#data.get(key) ?? null,
      set: (key, value) => (this.#data.set(key, value), tell(key, value)),
      remove: (key) => {
        if (this.#data.delete(key)) tell(key, null);
      },
      keys: () => [...this.#data.keys()],
      watch: (listener) => {
        const watcher = { tab, listener };
        this.#watchers.push(watcher);
        return () => this.#watchers.splice(this.#watchers.indexOf(watcher), 1);
      },
    };
  }
}

export class HandPage implements PageSignals {
  isHidden = false;
  #listeners = new Set<(change: PageChange) => void>();

  hidden(): boolean {
    return this.isHidden;
  }

  online(): boolean {
    return true;
  }

  watch(listener: (change: PageChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  change(change: PageChange): void {
    if (change === "hidden" || change === "awake") this.isHidden = change === "hidden";
    for (const listener of this.#listeners) listener(change);
  }
}

interface Watched<Value> {
  subscribe(listener: (value: Value) => void): () => void;
}

/** Resolves as soon as `source` tells a value (or `read` gives one already) that is `wanted`. */
export function until<Value>(source: Watched<Value>, read: () => Value, wanted: (value: Value) => boolean) {
  return new Promise<Value>((resolve) => {
    if (wanted(read())) return resolve(read());
    const stop = source.subscribe((value) => {
      if (!wanted(value)) return;
      stop();
      resolve(value);
    });
  });
}

/** Lets promises that are settled already run their continuations. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
