import type { Logger } from "./log.ts";

const ORPHAN_CHECK = 500;
/** Milliseconds the slowest isolate may take; then the process ends all the same. */
const PATIENCE = 8_000;

/**
 * Ends the process on SIGTERM and SIGINT, once every isolate of it has finished. The first `Deno.exit` ends them all, so
 * each holds a shared lock on one file while it works, and exits when it gets that lock for itself.
 *
 * @param finish brings this isolate's work to its end.
 */
export function endTogether(dataDir: string, log: Logger, finish: () => Promise<void>): void {
  Deno.mkdirSync(dataDir, { recursive: true });
  const path = `${dataDir}/isolates-${Deno.pid}.lock`;
  const working = Deno.openSync(path, { create: true, write: true });
  working.lockSync(false);
  let ending = false;

  async function end(): Promise<void> {
    if (ending) return;
    ending = true;
    const patience = new Promise((done) => setTimeout(done, PATIENCE));
    const finished = finish().catch((error) => log.error({ error: String(error) }, "an orderly end failed"));
    await Promise.race([finished, patience]);
    working.unlockSync();
    await Promise.race([working.lock(true), patience]);
    await Deno.remove(path).catch(() => {});
    Deno.exit(0);
  }

  const parent = Number(Deno.env.get("PARENT_PID") ?? 0);
  // Whoever started us may be killed without a word; nobody would end us then, and the port would stay taken.
  if (parent) setInterval(() => Deno.ppid !== parent && void end(), ORPHAN_CHECK);
  for (const signal of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(signal, () => void end());
}
