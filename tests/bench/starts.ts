/** How long `deno task start` takes, once the pages are built, until `/health` answers. */
import { ms, type Section } from "./figures.ts";
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

export function startSection(first: number, second: number): Section {
  const rows = [
    {
      what: "empty data folder",
      parley: ms(first),
      note: "makes the database, its tables and conversations",
    },
    { what: "second start", parley: ms(second) },
  ];
  return { title: "From start to the first answer of /health", rows, raw: { first, second } };
}
