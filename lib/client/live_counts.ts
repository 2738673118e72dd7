/** Numbers of people that stay fresh while somebody looks at them. */
import type { Backoff } from "./backoff.ts";
import type { PageSignals, Timers } from "./environment.ts";

/** Milliseconds between two looks. */
export const LOOK_EVERY = 10_000;

export interface LiveCountsDeps {
  /** Asks the server, and draws what it says. */
  refresh: () => Promise<void>;
  page: PageSignals;
  timers: Timers;
  /** How much longer to wait after looks that failed. */
  backoff: Backoff;
}

/**
 * Looks every {@link LOOK_EVERY} ms as long as the page is on the screen; one look at a time. A page that comes back
 * looks at once, unless it has just looked.
 * @returns a call that stops it
 */
export function keepCounting({ refresh, page, timers, backoff }: LiveCountsDeps): () => void {
  let looked = timers.now();
  let looking = false;
  let over = false;
  let cancel = () => {};

  function lookAfter(wait: number): void {
    cancel();
    cancel = timers.after(wait, look);
  }

  async function look(): Promise<void> {
    looked = timers.now();
    looking = true;
    const late = await refresh().then(() => backoff.reset(), () => backoff.next());
    looking = false;
    if (!over && !page.hidden()) lookAfter(LOOK_EVERY + (late ?? 0));
  }

  const unwatch = page.watch((change) => {
    cancel();
    const away = change === "offline" || page.hidden();
    if (!away && !looking) lookAfter(Math.max(0, looked + LOOK_EVERY - timers.now()));
  });
  if (!page.hidden()) lookAfter(LOOK_EVERY);
  return () => {
    over = true;
    cancel();
    unwatch();
  };
}
