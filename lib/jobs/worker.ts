import { takeJobs } from "../../db/queries/jobs.ts";
import type { Delivery } from "../adapters/delivery.ts";
import type { Services } from "../services.ts";
import { enrolCleanUp } from "./clean_up.ts";
import { KINDS } from "./kinds.ts";
import type { JobKind } from "./queue.ts";
import { LEASE, runJob } from "./run.ts";
import type { Kinds } from "./work.ts";

/** Milliseconds between looks for jobs that other isolates put in, or whose time has come. */
const LOOK_EVERY = 1_000;
/** Milliseconds that jobs in hand get at the end; what takes longer runs again when its hold is over. */
const END_PATIENCE = 5_000;

/**
 * Messages never wait behind an export, nor behind more than a few that a slow provider keeps. What must be gone within a
 * minute waits behind neither.
 */
const LANES: { kinds: JobKind[]; slots: number }[] = [
  { kinds: ["send-mail", "send-sms"], slots: 8 },
  { kinds: ["fetch-preview"], slots: 4 },
  { kinds: ["tell-room", "send-push"], slots: 16 },
  { kinds: ["export-data", "erase-account"], slots: 2 },
  { kinds: ["purge-room", "clean-up"], slots: 3 },
];

export interface Worker {
  /** Takes nothing more, waits for what is in hand. Safe to call again. */
  stop(): Promise<void>;
}

/**
 * Does the jobs that are due, beside any number of other workers. Looks at once when a job is put in on this isolate, and
 * every second for others.
 */
export async function startWorker(
  parts: Omit<Services, "worker">,
  delivery: Delivery,
  kinds: Kinds = KINDS,
): Promise<Worker> {
  let stopped: Promise<void> | undefined;
  const worker: Worker = { stop: () => stopped ??= stop() };
  const services: Services = { ...parts, worker };
  const { sql, clock, log, jobs } = services;
  const ending = new AbortController();
  const inHand = new Set<Promise<void>>();
  await enrolCleanUp(services);
  const looks = LANES.map(createLane);
  const lookAll = () => looks.forEach((look) => void look());
  const timer = setInterval(lookAll, LOOK_EVERY);
  const forget = jobs.onEnqueued(lookAll);
  lookAll();
  return worker;

  /** Returns what fills a lane's free slots with due jobs. */
  function createLane({ kinds: names, slots }: typeof LANES[number]): () => Promise<void> {
    let running = 0;
    let looking = false;
    let again = false;
    return async function look(): Promise<void> {
      if (stopped) return;
      // Jobs put in while a look is under way may have come too late for it.
      if (looking) return void (again = true);
      looking = true;
      again = false;
      try {
        const now = clock();
        const free = {
          kinds: names,
          limit: slots - running,
          now: new Date(now),
          lockedUntil: new Date(now + LEASE),
        };
        for (const job of free.limit > 0 ? await tracked(takeJobs(sql, free)) : []) {
          running++;
          const run = tracked(runJob({ services, delivery, kinds, job, ending: ending.signal }));
          void run.finally(() => {
            running--;
            void look();
          });
        }
      } catch (error) {
        log.error({ error: String(error) }, "jobs cannot be taken");
      } finally {
        looking = false;
      }
      if (again) void look();
    };
  }

  /** Remembers what the end has to wait for. */
  function tracked<Value>(promise: Promise<Value>): Promise<Value> {
    const settled = promise.then(() => {}, () => {}).finally(() => inHand.delete(settled));
    inHand.add(settled);
    return promise;
  }

  async function stop(): Promise<void> {
    clearInterval(timer);
    forget();
    // Long jobs stop at their next step and go to another worker; a message that is on its way gets there.
    ending.abort();
    let timeout: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((done) => timeout = setTimeout(done, END_PATIENCE));
    const ended = (async () => {
      while (inHand.size > 0) await Promise.all(inHand);
    })();
    await Promise.race([ended, patience]);
    clearTimeout(timeout);
  }
}
