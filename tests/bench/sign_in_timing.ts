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

// Behind a proxy, so that each sign-in comes from an address of its own and none waits for the other's count.
await using parley = await startParley({ env: { TRUST_PROXY: "1" } });
const { node } = parley;
await member(node, { username: "ada", password: "correct horse battery" });
const known = { email: "ada@example.org", password: "not the password" };

let addresses = 0;

async function timed(body: Record<string, unknown>): Promise<number> {
  const from = { "x-forwarded-for": `2001:db8::${(++addresses).toString(16)}` };
  const began = performance.now();
  const response = await new Visitor(node).post("/api/auth/signin", body, from);
  await response.body?.cancel();
  if (response.status !== 401) throw new Error(`answered ${response.status}`);
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
  Promise.all(
    Array.from({ length: AT_ONCE }, (_, index) => timed({ ...known, email: `one.of${index}@example.org` })),
  ),
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
