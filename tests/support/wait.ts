/** Waiting for something to become true, with an end to patience: tests never sleep for luck. */

/** Milliseconds that a busy machine of two cores may take for what usually takes a few. */
export const PATIENCE = 10_000;
const LOOK_EVERY = 5;

/** A promise that gives up. @throws Error naming `what` after `within` ms. */
export async function before<Value>(
  promise: Promise<Value>,
  what: string,
  within = PATIENCE,
): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${within} ms`)), within);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Looks again and again until `look` gives something, and returns it.
 *
 * @param look may throw while it is too early; the last error is told when patience ends.
 */
export async function until<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  within = PATIENCE,
): Promise<Exclude<Value, false | null | undefined>> {
  const deadline = performance.now() + within;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const value = await look();
      if (value !== false && value !== null && value !== undefined) {
        return value as Exclude<Value, false | null | undefined>;
      }
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, LOOK_EVERY));
  }
  throw new Error(`${what}: not within ${within} ms`, { cause: last });
}
