import type { Delivery } from "../adapters/delivery.ts";
import type { Services } from "../services.ts";
import type { JobKind, JobPayloads } from "./queue.ts";

/** What a job may use while it runs. */
export interface Work {
  services: Services;
  delivery: Delivery;
  jobId: string;
  /** Says how far it has come, 0 to 100. */
  progress(percent: number): Promise<void>;
  /** Aborted when somebody else holds the job by now, or this isolate ends: stop, the job will run again. */
  signal: AbortSignal;
}

/** What a job made, for whoever asked for it. Never a secret. */
export type Result = Record<string, unknown> | null;

/** Each may run more than once: a worker can die after the work and before it says so. */
export type Kinds = { [Kind in JobKind]: (work: Work, payload: JobPayloads[Kind]) => Promise<Result | void> };
