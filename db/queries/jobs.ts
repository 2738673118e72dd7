/** Jobs: work that outlives the request that asked for it. Times are the caller's clock, so that tests can move it. */
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

/** A job as its worker holds it. */
export interface TakenJob {
  id: string;
  kind: string;
  payloadSealed: Uint8Array;
  /** Counts this one. Also names the hold: only the latest taker of a job may say how it went. */
  attempts: number;
}

export interface StoredJob {
  id: string;
  kind: string;
  state: "waiting" | "running" | "done" | "failed";
  progress: number;
  result: Record<string, unknown> | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export async function insertJob(
  sql: Queryable,
  job: { id: string; kind: string; payloadSealed: Uint8Array; userId?: UserId; runAt: Date },
): Promise<boolean> {
  const inserted = await sql`
    insert into jobs (id, kind, payload_sealed, user_id, run_at, created_at)
    values (${job.id}, ${job.kind}, ${job.payloadSealed}, ${job.userId ?? null}, ${job.runAt}, ${job.runAt})
    on conflict (id) do nothing`;
  return inserted.count === 1;
}

/**
 * Takes up to `limit` due jobs of these kinds, oldest first, and holds them until `lockedUntil`. Any number of workers
 * may call at once; what one holds the others pass by. A job whose holder has let its time run out is due again.
 */
export async function takeJobs(
  sql: Queryable,
  { kinds, limit, now, lockedUntil }: { kinds: string[]; limit: number; now: Date; lockedUntil: Date },
): Promise<TakenJob[]> {
  const rows = await sql<{ id: string; kind: string; payload_sealed: Uint8Array; attempts: number }[]>`
    update jobs set state = 'running', attempts = attempts + 1, locked_until = ${lockedUntil}
    where id in (
      select id from jobs
      where kind = any (${kinds}) and run_at <= ${now}
        and (state = 'waiting' or (state = 'running' and locked_until <= ${now}))
      order by run_at limit ${limit} for update skip locked
    )
    returning id, kind, payload_sealed, attempts`;
  return rows.map(({ id, kind, payload_sealed, attempts }) => ({
    id,
    kind,
    payloadSealed: payload_sealed,
    attempts,
  }));
}

/** False when somebody else holds the job by now. */
export async function holdJob(
  sql: Queryable,
  { id, attempts }: TakenJob,
  change: { lockedUntil: Date; progress?: number },
): Promise<boolean> {
  const held = await sql`
    update jobs set locked_until = ${change.lockedUntil}, progress = coalesce(${
    change.progress ?? null
  }, progress)
    where id = ${id} and attempts = ${attempts} and state = 'running'`;
  return held.count === 1;
}

/** The payload goes with the work: what is not kept cannot leak. */
export async function finishJob(
  sql: Queryable,
  { id, attempts }: TakenJob,
  { result, at }: { result: Record<string, unknown> | null; at: Date },
): Promise<void> {
  await sql`
    update jobs set state = 'done', progress = 100, locked_until = null, last_error = null, payload_sealed = '',
      result = ${result === null ? null : sql.json(result as never)}, finished_at = ${at}
    where id = ${id} and attempts = ${attempts} and state = 'running'`;
}

/** @param runAt When it is tried again; without it that was the last time. `error` holds nothing secret. */
export async function failJob(
  sql: Queryable,
  { id, attempts }: TakenJob,
  { error, runAt, at }: { error: string; runAt?: Date; at: Date },
): Promise<void> {
  await sql`
    update jobs set state = ${runAt ? "waiting" : "failed"}, locked_until = null, last_error = ${error},
      run_at = ${runAt ?? at}, finished_at = ${runAt ? null : at},
      payload_sealed = case when ${runAt !== undefined} then payload_sealed else '' end
    where id = ${id} and attempts = ${attempts} and state = 'running'`;
}

/** Lets go of a job that was not finished, for any worker to take; this try does not count. */
export async function releaseJob(sql: Queryable, { id, attempts }: TakenJob, now: Date): Promise<void> {
  await sql`
    update jobs set state = 'waiting', attempts = attempts - 1, locked_until = null, run_at = ${now}
    where id = ${id} and attempts = ${attempts} and state = 'running'`;
}

/** Makes a job that comes back wait for its next time, as if it had never run. */
export async function repeatJob(sql: Queryable, { id, attempts }: TakenJob, runAt: Date): Promise<void> {
  await sql`
    update jobs set state = 'waiting', attempts = 0, locked_until = null, last_error = null, run_at = ${runAt}
    where id = ${id} and attempts = ${attempts} and state = 'running'`;
}

export async function jobsOfUser(sql: Queryable, userId: UserId, kind: string): Promise<StoredJob[]> {
  const rows = await sql<JobRow[]>`
    select id, kind, state, progress, result, created_at, finished_at from jobs
    where user_id = ${userId} and kind = ${kind} order by created_at desc, id`;
  return rows.map(toJob);
}

/** Those that were asked for before then and have ended. */
export async function finishedJobs(sql: Queryable, kind: string, before: Date): Promise<{ id: string }[]> {
  return await sql<{ id: string }[]>`
    select id from jobs where kind = ${kind} and finished_at is not null and created_at < ${before}`;
}

/** Those of every kind that were asked for before then and have ended. */
export async function removeFinishedJobs(sql: Queryable, before: Date): Promise<void> {
  await sql`delete from jobs where finished_at is not null and created_at < ${before}`;
}

/** Those of these kinds that ended before then. @returns how many */
export async function removeFinishedOf(sql: Queryable, kinds: string[], before: Date): Promise<number> {
  const removed = await sql`delete from jobs where kind = any (${kinds}) and finished_at < ${before}`;
  return removed.count;
}

interface JobRow {
  id: string;
  kind: string;
  state: StoredJob["state"];
  progress: number;
  result: Record<string, unknown> | null;
  created_at: Date;
  finished_at: Date | null;
}

function toJob(row: JobRow): StoredJob {
  const { id, kind, state, progress, result } = row;
  return { id, kind, state, progress, result, createdAt: row.created_at, finishedAt: row.finished_at };
}
