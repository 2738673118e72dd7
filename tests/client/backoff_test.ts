import { expect } from "expect";
import fc from "fast-check";
import { Backoff } from "../../lib/client/backoff.ts";

Deno.test("waits double up to the cap, and begin anew after a reset", () => {
  const backoff = new Backoff(() => 0.999999);
  const waits = Array.from({ length: 9 }, () => Math.round(backoff.next()));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  backoff.reset();
  expect(Math.round(backoff.next())).toBe(500);
});

Deno.test("every wait is drawn from the whole range, whatever the number of tries", () => {
  fc.assert(fc.property(fc.nat(200), fc.double({ min: 0, max: 0.999, noNaN: true }), (tries, draw) => {
    const backoff = new Backoff(() => draw);
    backoff.atLeast(tries);
    const wait = backoff.next();
    expect(wait).toBeGreaterThanOrEqual(0);
    expect(wait).toBeLessThanOrEqual(30_000 * draw);
  }));
});
