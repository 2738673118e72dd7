/**
 * What signing in gives away by its time, and what hashing does to everybody else:
 * `deno run -A tests/bench/sign_in_timing.ts [tries]`.
 */
import { startParley } from "../support/node.ts";
import { member } from "../support/member.ts";
import { Visitor } from "../support/visitor.ts";
import { median, ms } from "./figures.ts";

const TRIES = Number(Deno.args[0] ?? 200);
const AT_ONCE = 20;
const PASSWORD = "correct horse battery";

await using parley = await startParley();
const { node } = parley;
await member(node, { username: "ada", password: PASSWORD });
const known = { email: "ada@example.org", password: "not the password" };

async function timed(body: Record<string, unknown>): Promise<number> {
  const began = performance.now();
  const response = await new Visitor(node).post("/api/auth/signin", body);
  await response.body?.cancel();
  return performance.now() - began;
}

/** Milliseconds that a timer came late at worst while `work` ran. */
async function worstDelay(work: Promise<unknown>): Promise<number> {
  let [worst, running] = [0, true];
  const done = work.finally(() => running = false);
  while (running) {
    const began = performance.now();
    await new Promise((go) => setTimeout(go, 1));
    worst = Math.max(worst, performance.now() - began - 1);
  }
  await done;
  return worst;
}

for (let index = 0; index < 5; index++) await timed(known);
const idle = await worstDelay(new Promise((done) => setTimeout(done, 2_000)));
const busy = await worstDelay(
  Promise.all(Array.from({ length: AT_ONCE }, () => timed({ email: "ada@example.org", password: PASSWORD }))),
);
console.log(
  `event loop, longest delay: ${ms(idle)} idle, ${ms(busy)} while ${AT_ONCE} sign-ins hash at once`,
);

const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
for (let index = 0; index < TRIES; index++) {
  // In turn, and each first half of the time: whatever else the machine does falls on both.
  const order = index % 2 ? ["known", "unknown"] as const : ["unknown", "known"] as const;
  for (const which of order) {
    const email = which === "known" ? known.email : `nobody${index}@example.org`;
    times[which].push(await timed({ ...known, email }));
  }
}
const [a, b] = [median(times.known), median(times.unknown)];
console.log(
  `sign-in refused, median of ${TRIES}: known ${ms(a)}, unknown ${ms(b)}, ratio ${(a / b).toFixed(4)}`,
);
