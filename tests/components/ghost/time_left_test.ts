import { expect } from "expect";
import { timeLeft } from "../../../components/ghost/time_left.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

Deno.test("time left is said in the two greatest units, and in seconds only near the end", () => {
  const said: [ms: number, short: string, spoken: string][] = [
    [168 * HOUR, "7 d", "7 days"],
    [25 * HOUR, "1 d 1 h", "1 day 1 hour"],
    [24 * HOUR + 5 * MINUTE, "1 d", "1 day"],
    [23 * HOUR + 12 * MINUTE, "23 h 12 min", "23 hours 12 minutes"],
    [42 * MINUTE + 30_000, "42 min", "42 minutes"],
    [10 * MINUTE, "10 min", "10 minutes"],
    [9 * MINUTE + 1000, "9 min 1 s", "9 minutes 1 second"],
    [45_900, "45 s", "45 seconds"],
    [200, "0 s", "0 seconds"],
    [-5, "0 s", "0 seconds"],
  ];
  for (const [ms, short, spoken] of said) expect([ms, timeLeft(ms)]).toEqual([ms, { short, spoken }]);
});
