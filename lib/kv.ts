/** How often a commit is tried again when the local KV says "database is locked": for some two seconds in all. */
const TRIES = 16;
/** Milliseconds; doubled each time up to the longest, with full jitter so that isolates do not meet again. */
const FIRST_WAIT = 2;
const LONGEST_WAIT = 250;

/**
 * Runs a KV operation, trying again while another isolate holds the local database's lock.
 * @throws what the operation threw, when it was something else or the tries are used up.
 */
export async function withRetry<Result>(operation: () => Promise<Result>): Promise<Result> {
  for (let attempt = 0;; attempt++) {
    try {
      return await operation();
    } catch (error) {
      const locked = error instanceof Error && /locked|busy/i.test(error.message);
      if (!locked || attempt >= TRIES) throw error;
      await pause(attempt);
    }
  }
}

/** What one atomic operation takes. */
const REMOVALS_AT_ONCE = 500;

/** Removes these keys; those that are not there do no harm. */
export async function removeKeys(kv: Deno.Kv, keys: Deno.KvKey[]): Promise<void> {
  for (let first = 0; first < keys.length; first += REMOVALS_AT_ONCE) {
    const removal = kv.atomic();
    for (const key of keys.slice(first, first + REMOVALS_AT_ONCE)) removal.delete(key);
    await withRetry(() => removal.commit());
  }
}

/** Removes what was read, unless it has been written again since. */
export async function removeUnchanged(kv: Deno.Kv, entry: Deno.KvEntry<unknown>): Promise<void> {
  await withRetry(() => kv.atomic().check(entry).delete(entry.key).commit());
}

/** The keys that begin with `prefix`, of values that `matches` says yes to. */
export async function keysUnder<Value>(
  kv: Deno.Kv,
  prefix: Deno.KvKey,
  matches: (value: Value) => boolean = () => true,
): Promise<Deno.KvKey[]> {
  const keys: Deno.KvKey[] = [];
  for await (const { key, value } of kv.list<Value>({ prefix })) if (matches(value)) keys.push(key);
  return keys;
}

/** Waits before one more try, longer from one `attempt` (0, 1, …) to the next. */
export function pause(attempt: number): Promise<void> {
  const longest = Math.min(FIRST_WAIT * 2 ** attempt, LONGEST_WAIT);
  return new Promise((done) => setTimeout(done, Math.random() * longest));
}
