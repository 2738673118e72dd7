import { failJob, finishJob, holdJob, releaseJob, repeatJob, type TakenJob } from "../../db/queries/jobs.ts";
import { type Delivery, DeliveryError } from "../adapters/delivery.ts";
import type { Services } from "../services.ts";
import { CLEAN_UP_EVERY } from "./clean_up.ts";
import { payloadPlace } from "./create.ts";
import type { JobKind } from "./queue.ts";
import type { Kinds, Result, Work } from "./work.ts";

/** Milliseconds a worker holds a job without a sign of life. */
export const LEASE = 30_000;
/** Signs of life come this often, so that two may be lost. */
const BEAT = LEASE / 3;
/** With the waits below, over a quarter of an hour: longer than a one-time code lives. */
export const TRIES = 10;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 10 * 60_000;

interface Run {
  services: Services;
  delivery: Delivery;
  kinds: Kinds;
  job: TakenJob;
  /** Aborted when this isolate ends. */
  ending: AbortSignal;
}

/** Does one job and writes down how it went. Never throws. */
export async function runJob(run: Run): Promise<void> {
  const { services: { sql, clock, log }, job, ending } = run;
  const lost = new AbortController();
  const hold = async (progress?: number) => {
    const held = await holdJob(sql, job, { lockedUntil: new Date(clock() + LEASE), progress });
    if (!held) lost.abort();
  };
  const beat = setInterval(() => void hold().catch(() => {}), BEAT);
  const signal = AbortSignal.any([lost.signal, ending]);
  ending.addEventListener("abort", () => clearInterval(beat), { once: true });
  try {
    const result = await perform(run, { signal, progress: (percent) => hold(Math.floor(percent)) });
    if (job.kind === "clean-up") await repeatJob(sql, job, new Date(clock() + CLEAN_UP_EVERY));
    else await finishJob(sql, job, { result, at: new Date(clock()) });
  } catch (error) {
    // When it was lost, whoever holds it now writes down how it went.
    if (ending.aborted) await releaseJob(sql, job, new Date(clock())).catch(() => {});
    else if (!lost.signal.aborted) await noteFailure(run, error);
  } finally {
    clearInterval(beat);
  }

  async function noteFailure({ job }: Run, error: unknown): Promise<void> {
    const runAt = nextTry(job, error, clock());
    const reason = reasonOf(error);
    const line = { job: job.id, kind: job.kind, attempt: job.attempts, error: reason };
    if (runAt) log.warn(line, "a job failed and will be tried again");
    else log.error(line, "a job failed for good");
    await failJob(sql, job, { error: reason, runAt, at: new Date(clock()) })
      .catch((cause) => log.error({ job: job.id, error: String(cause) }, "a job's failure cannot be kept"));
  }
}

async function perform(run: Run, { signal, progress }: Pick<Work, "signal" | "progress">): Promise<Result> {
  const { services, delivery, kinds, job } = run;
  // Its workers died, each time: what kills them must not go on for ever.
  if (job.kind !== "clean-up" && job.attempts > TRIES) throw new Error("tried too often");
  const payload = JSON.parse(await services.vault.open(payloadPlace(job.id), job.payloadSealed));
  const perform = kinds[job.kind as JobKind] as (work: Work, payload: unknown) => Promise<Result | void>;
  return await perform({ services, delivery, jobId: job.id, signal, progress }, payload) ?? null;
}

/** Doubling waits with jitter, so that what failed together does not come back together. */
function nextTry(job: TakenJob, error: unknown, now: number): Date | undefined {
  const once = job.kind === "clean-up";
  if (!once && (job.attempts >= TRIES || (error instanceof DeliveryError && error.hopeless))) {
    return undefined;
  }
  const wait = Math.min(FIRST_WAIT * 2 ** (job.attempts - 1), LONGEST_WAIT) * (0.8 + 0.4 * Math.random());
  const asked = error instanceof DeliveryError ? error.retryAfter * 1_000 : 0;
  return new Date(now + Math.max(wait, asked));
}

/** What may be kept of an error. The words of others may quote an address or a number, so only their names are. */
function reasonOf(error: unknown): string {
  if (error instanceof DeliveryError) return error.message;
  return error instanceof Error ? error.name : "unknown";
}
