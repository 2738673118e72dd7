/** How long `deno task start` takes, once the pages are built, until `/health` answers. */
import { type Measure, own } from "./figures.ts";
import { freePort, healthy, run, type Running, serverEnv } from "./processes.ts";

/** Starts the product as `start.ts` does, on two isolates. */
export async function start(dataDir: string): Promise<{ server: Running; port: number; took: number }> {
  const port = freePort();
  const began = performance.now();
  const env = { ...serverEnv(dataDir, port), HOST: "127.0.0.1", DENO_JOBS: "2" };
  const server = run({ args: ["run", "-A", "start.ts"], env });
  await healthy(port);
  return { server, port, took: performance.now() - began };
}

/** @param first with an empty data folder: makes the database, its tables and conversations */
export function benchStarts(first: number, second: number): Measure[] {
  return [
    own("starts", "empty data folder", "until /health answers", "ms", first),
    own("starts", "second start", "until /health answers", "ms", second),
  ];
}
