/** What the browser lends to this folder. Everything comes in through these, so that tests can stand in for it. */

export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `run` once after `delay` milliseconds; the answer takes it back. */
  after(delay: number, run: () => void): () => void;
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};

/** Key and value that outlive the page and are shared by its tabs. */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
  /** Tells of changes that *other* tabs make; `value` is null for a removal. */
  watch(listener: (key: string, value: string | null) => void): () => void;
}

/**
 * localStorage, with memory behind it: private windows and full disks make localStorage throw, and what somebody
 * wrote must then at least outlive the next click.
 */
export function browserStore(): Store {
  const memory = new Map<string, string>();
  const attempt = <T>(use: () => T, otherwise: T): T => {
    try {
      return use();
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => memory.get(key) ?? attempt(() => localStorage.getItem(key), null),
    set(key, value) {
      memory.delete(key);
      if (!attempt(() => (localStorage.setItem(key, value), true), false)) memory.set(key, value);
    },
    remove(key) {
      memory.delete(key);
      attempt(() => localStorage.removeItem(key), undefined);
    },
    keys: () => [...new Set([...memory.keys(), ...attempt(() => Object.keys(localStorage), [])])],
    watch(listener) {
      const heard = (event: StorageEvent) => event.key !== null && listener(event.key, event.newValue);
      addEventListener("storage", heard);
      return () => removeEventListener("storage", heard);
    },
  };
}

/** `awake`: the page is looked at again, or came back from the back-forward cache. */
export type PageChange = "online" | "offline" | "awake" | "hidden";

export interface PageSignals {
  hidden(): boolean;
  online(): boolean;
  watch(listener: (change: PageChange) => void): () => void;
}

export const browserPage: PageSignals = {
  hidden: () => document.hidden,
  online: () => navigator.onLine,
  watch(listener) {
    const online = () => listener("online");
    const offline = () => listener("offline");
    const visibility = () => listener(document.hidden ? "hidden" : "awake");
    const shown = (event: PageTransitionEvent) => event.persisted && listener("awake");
    addEventListener("online", online);
    addEventListener("offline", offline);
    addEventListener("pageshow", shown);
    document.addEventListener("visibilitychange", visibility);
    return () => {
      removeEventListener("online", online);
      removeEventListener("offline", offline);
      removeEventListener("pageshow", shown);
      document.removeEventListener("visibilitychange", visibility);
    };
  },
};
