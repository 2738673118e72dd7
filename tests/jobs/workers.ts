/** Workers on a real database, as isolates have them, doing jobs that a test has put in place of the real ones. */
import { pino } from "pino";
import type { Delivery } from "../../lib/adapters/delivery.ts";
import { createJobQueue } from "../../lib/jobs/create.ts";
import type { JobQueue } from "../../lib/jobs/queue.ts";
import type { Kinds } from "../../lib/jobs/work.ts";
import { startWorker, type Worker } from "../../lib/jobs/worker.ts";
import type { Services } from "../../lib/services.ts";
import { createVault } from "../../lib/vault/create.ts";
import { testDatabase } from "../support/database.ts";
import { movableClock } from "../support/node.ts";
import { randomSecrets } from "../support/secrets.ts";

export interface Isolate {
  jobs: JobQueue;
  worker: Worker;
}

/** Jobs that do nothing. */
export const IDLE: Kinds = {
  "send-mail": () => Promise.resolve(),
  "send-sms": () => Promise.resolve(),
  "export-data": () => Promise.resolve(),
  "erase-account": () => Promise.resolve(),
  "purge-room": () => Promise.resolve(),
  "fetch-preview": () => Promise.resolve(),
  "tell-room": () => Promise.resolve(),
  "send-push": () => Promise.resolve(),
  "clean-up": () => Promise.resolve(),
};

export async function workshop() {
  const database = await testDatabase({ max: 10 });
  const clock = movableClock();
  const vault = await createVault(randomSecrets());
  const lines: string[] = [];
  const log = pino({ level: "warn", base: undefined }, { write: (line: string) => void lines.push(line) });
  const isolates: Isolate[] = [];
  return {
    sql: database.sql,
    clock,
    vault,
    /** Warnings and errors so far. */
    log: lines,
    async isolate(kinds: Partial<Kinds>): Promise<Isolate> {
      const jobs = createJobQueue(database.sql, vault, clock);
      // The jobs of these tests use no other part.
      const parts = { sql: database.sql, clock, vault, log, jobs } as unknown as Omit<Services, "worker">;
      const isolate = { jobs, worker: await startWorker(parts, {} as Delivery, { ...IDLE, ...kinds }) };
      isolates.push(isolate);
      return isolate;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(isolates.map(({ worker }) => worker.stop()));
      await database.drop();
    },
  };
}
