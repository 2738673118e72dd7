import type { Logger } from "./log.ts";

/**
 * Writes down what nobody has caught and goes on. Left alone, a rejection would end this isolate, and an error the whole
 * process, with everybody on it; what has failed is one request, and at worst what it held.
 */
export function surviveMistakes(log: Logger): void {
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log.error({ error: said(event.reason) }, "unhandled rejection");
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    log.error({ error: said(event.error ?? event.message) }, "uncaught error");
  });
}

function said(thrown: unknown): string {
  return thrown instanceof Error ? thrown.stack ?? String(thrown) : String(thrown);
}
