import type { Sql } from "../../db/client.ts";
import { insertJob, jobsOfUser } from "../../db/queries/jobs.ts";
import type { Clock } from "../clock.ts";
import type { Place, Vault } from "../vault/vault.ts";
import type { JobKind, JobQueue } from "./queue.ts";

/** Where a job's payload stands. */
export function payloadPlace(jobId: string): Place {
  return { table: "jobs", column: "payload_sealed", row: jobId };
}

export function createJobQueue(sql: Sql, vault: Vault, clock: Clock): JobQueue {
  const listeners = new Set<() => void>();
  return {
    async enqueue(kind, payload, options = {}) {
      const id = crypto.randomUUID();
      const payloadSealed = await vault.seal(payloadPlace(id), JSON.stringify(payload));
      const job = {
        id,
        kind,
        payloadSealed,
        userId: options.userId,
        runAt: options.runAt ?? new Date(clock()),
      };
      await insertJob(options.sql ?? sql, job);
      for (const listener of listeners) listener();
      return id;
    },
    async ofUser(userId, kind) {
      const jobs = await jobsOfUser(sql, userId, kind);
      return jobs.map(({ id, state, progress, result, createdAt }) => (
        { id, kind: kind as JobKind, state, progress, result, createdAt: createdAt.toISOString() }
      ));
    },
    onEnqueued(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
