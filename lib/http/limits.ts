import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import { pause, removeKeys, withRetry } from "../kv.ts";
import type { Logger } from "../log.ts";
import { dueNow, type Kept, LaggingCounts, type Rate } from "./lagging_counts.ts";

/** So many in a window, of which `burst` may come at once. */
interface Limit {
  count: number;
  /** Milliseconds. */
  window: number;
  /** Defaults to `count`. */
  burst?: number;
  /**
   * What happens when KV cannot be asked: doors stay shut, conversation goes on. What goes on anyway is also counted
   * in the isolate first and in KV behind it.
   */
  whenAway: "refuse" | "allow";
}

const MINUTE = 60_000;

/** Section 2 of the specification. `LIMITS_FACTOR` multiplies `count` and `burst`. */
export const LIMITS = {
  signIn: { count: 5, window: 15 * MINUTE, whenAway: "refuse" },
  guestSignIn: { count: 20, window: 15 * MINUTE, whenAway: "refuse" },
  signUp: { count: 5, window: 15 * MINUTE, whenAway: "refuse" },
  changePassword: { count: 5, window: 15 * MINUTE, whenAway: "refuse" },
  codeRequest: { count: 3, window: 15 * MINUTE, whenAway: "refuse" },
  codeCheck: { count: 5, window: 15 * MINUTE, whenAway: "refuse" },
  forgotPassword: { count: 3, window: 15 * MINUTE, whenAway: "refuse" },
  secondFactor: { count: 5, window: 15 * MINUTE, whenAway: "refuse" },
  roomPassword: { count: 5, window: 15 * MINUTE, whenAway: "refuse" },
  roomsCreated: { count: 5, window: 60 * MINUTE, whenAway: "refuse" },
  invitesCreated: { count: 30, window: 60 * MINUTE, whenAway: "refuse" },
  directOpened: { count: 20, window: 60 * MINUTE, whenAway: "refuse" },
  wrongRoomToken: { count: 20, window: 15 * MINUTE, whenAway: "refuse" },
  // Many who sit in one room come from one address.
  ghostJoin: { count: 60, window: 15 * MINUTE, whenAway: "refuse" },
  upload: { count: 20, window: 15 * MINUTE, whenAway: "refuse" },
  avatar: { count: 20, window: 15 * MINUTE, whenAway: "refuse" },
  api: { count: 60, window: MINUTE, whenAway: "allow" },
  heartbeat: { count: 120, window: MINUTE, whenAway: "allow" },
  signedOutForm: { count: 100, window: 15 * MINUTE, whenAway: "allow" },
  guestMessage: { count: 10, window: MINUTE, burst: 10, whenAway: "allow" },
  linkPreview: { count: 20, window: MINUTE, burst: 10, whenAway: "allow" },
  previewHost: { count: 30, window: MINUTE, burst: 10, whenAway: "allow" },
  search: { count: 30, window: MINUTE, whenAway: "allow" },
  memberMessage: { count: 60, window: MINUTE, burst: 10, whenAway: "allow" },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

export interface Limits {
  /**
   * Counts one `name` of `subject` (an address, an account); at once where that needs no answer from KV.
   * @throws AppError RATE_LIMIT_EXCEEDED with the seconds to wait.
   */
  spend(name: LimitName, subject: string): void | Promise<void>;
  /** Takes back one that turned out not to count: a try that was right. */
  refund(name: LimitName, subject: string): Promise<void>;
  /** Takes away all that was counted of these subjects, who are no more. */
  forget(subjects: string[]): Promise<void>;
  /** Resolves when KV knows all that was counted. */
  settled(): Promise<void>;
}

/**
 * Tries of one count when other isolates count for the same subject at the same time, with growing waits in between: of
 * those who collide one always gets through, so this is enough for far more isolates than there are.
 */
const CONFLICT_TRIES = 24;

/**
 * Limits counted in KV over all isolates, by the generic cell rate algorithm (ITU-T I.371): one number a subject,
 * the theoretical arrival time of the next request. The stored value expires by itself; since KV removes late,
 * an old one is also harmless: it only says "long ago".
 */
export function createLimits(kv: Deno.Kv, clock: Clock, log: Logger, factor: number): Limits {
  const lagging = new LaggingCounts(kv, clock, log);
  /** Counts of one subject wait for each other here: at once they would only make each other try again. */
  const queues = new Map<string, Promise<number>>();

  async function takeInTurn(key: string[], rate: Rate): Promise<number> {
    const name = key.join("|");
    const before = queues.get(name) ?? Promise.resolve(0);
    const turn = before.catch(() => 0).then(() => withRetry(() => take(kv, key, rate, clock())));
    queues.set(name, turn);
    try {
      return await turn;
    } finally {
      if (queues.get(name) === turn) queues.delete(name);
    }
  }

  function spend(name: LimitName, subject: string): void | Promise<void> {
    const limit: Limit = LIMITS[name];
    const key = ["limit", name, subject];
    const rate = scaled(limit, factor);
    const wait = limit.whenAway === "allow" ? lagging.take(key, rate) : takeInTurn(key, rate);
    if (typeof wait === "number") return refuseAfter(wait);
    return wait.then(refuseAfter, (error) => {
      log.error({ limit: name, error: String(error) }, "limits cannot be counted");
      if (limit.whenAway === "refuse") throw new AppError("UNAVAILABLE");
    });
  }
  async function refund(name: LimitName, subject: string): Promise<void> {
    const { interval } = scaled(LIMITS[name], factor);
    await withRetry(() => giveBack(kv, ["limit", name, subject], interval, clock())).catch((error) =>
      log.error({ limit: name, error: String(error) }, "limits cannot be counted")
    );
  }
  async function forget(subjects: string[]): Promise<void> {
    const keys = subjects.flatMap((subject) => Object.keys(LIMITS).map((name) => ["limit", name, subject]));
    lagging.forget(keys);
    await removeKeys(kv, keys);
  }
  return { spend, refund, forget, settled: () => lagging.settled() };
}

/** @throws AppError RATE_LIMIT_EXCEEDED when there are milliseconds to wait. */
function refuseAfter(wait: number): void {
  if (wait > 0) throw new AppError("RATE_LIMIT_EXCEEDED", { retryAfter: Math.ceil(wait / 1000) });
}

function scaled(limit: Limit, factor: number): Rate {
  const count = Math.max(1, limit.count * factor);
  const burst = Math.max(1, (limit.burst ?? limit.count) * factor);
  const interval = limit.window / count;
  return { interval, tolerance: interval * (burst - 1) };
}

/** Takes one; returns the milliseconds to wait, 0 when it was granted. */
async function take(
  kv: Deno.Kv,
  key: Deno.KvKey,
  { interval, tolerance }: Rate,
  now: number,
): Promise<number> {
  for (let attempt = 0; attempt < CONFLICT_TRIES; attempt++) {
    const entry = await kv.get<Kept>(key);
    const due = dueNow(entry.value, now);
    if (due - now > tolerance) return due - now - tolerance;
    const next = due + interval;
    const expireIn = Math.ceil(next - now) + 1000;
    const commit = await kv.atomic().check(entry).set(key, { due: next, at: now }, { expireIn }).commit();
    if (commit.ok) return 0;
    await pause(attempt);
  }
  throw new Error("too many isolates counted at once");
}

/** Undoes one {@link take}; when others count at the same time for very long, it stays counted. */
async function giveBack(kv: Deno.Kv, key: Deno.KvKey, interval: number, now: number): Promise<void> {
  for (let attempt = 0; attempt < CONFLICT_TRIES; attempt++) {
    const entry = await kv.get<Kept>(key);
    const due = dueNow(entry.value, now);
    if (due <= now) return;
    const next = due - interval;
    const change = kv.atomic().check(entry);
    const commit = await (next > now
      ? change.set(key, { due: next, at: now }, { expireIn: Math.ceil(next - now) + 1000 })
      : change.delete(key)).commit();
    if (commit.ok) {
      return;
    }
    await pause(attempt);
  }
}
