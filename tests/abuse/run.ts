/**
 * `deno task abuse`: the product as it is run, under attack, while people who behave go on talking. Quiet, attack, quiet;
 * prints what was sent, what became of it, how long the others waited and what the server's memory did. Fails when the
 * server broke, when a message did not come, or when an attacker got what nobody should.
 *
 * @example `deno task abuse --frames=100000 --requests=10000 --isolates=2`, `ABUSE_SEED=7 deno task abuse`
 */
import { parseArgs } from "node:util";
import { roomsOf } from "../bench/crowd.ts";
import { ms, percentile } from "../bench/figures.ts";
import { processorTime, run, takeCores } from "../bench/processes.ts";
import { startServer } from "../support/server.ts";
import type { AttackPlan, AttackReport } from "./attack.ts";
import { mb, memoryOf, resetPeak } from "./memory.ts";
import { Pair } from "./pair.ts";
import { seedOfRun } from "./random.ts";

const { values: options } = parseArgs({
  options: {
    frames: { type: "string", default: "100000" },
    requests: { type: "string", default: "10000" },
    /** Hostile frames a second; requests come in proportion. */
    rate: { type: "string", default: "600" },
    isolates: { type: "string", default: "2" },
    /** Seconds of quiet, before and after. */
    quiet: { type: "string", default: "40" },
  },
});
const PAIRS = 4;
/** Limits are multiplied by this, so that it is not they that hold the attack off. */
const FACTOR = "20";
/** What a log must not hold after an attack. */
const BROKEN = /unhandled rejection|Uncaught|panicked|"level":50|"level":60/;

const seed = seedOfRun();
const [frames, requests, rate] = [options.frames, options.requests, options.rate].map(Number) as [
  number,
  number,
  number,
];
console.log(
  `seed ${seed}: ${frames} hostile frames at ${rate}/s and ${requests} hostile requests, ${options.isolates} isolates`,
);

const server = await startServer({
  LIMITS_FACTOR: FACTOR,
  TRUST_PROXY: "1",
  DENO_JOBS: options.isolates,
  LOG_LEVEL: "warn",
});
const cores = await takeCores();
if (cores) {
  for (const pid of server.pids()) await quietly("taskset", "-a", "-c", "-p", cores.server, `${pid}`);
}
const isolates = server.pids().at(-1)!;
const port = Number(new URL(server.origin).port);
const roomIds = await roomsOf({ origin: server.origin }, PAIRS);
const pairs: Pair[] = [];
for (const [index, roomId] of roomIds.entries()) pairs.push(await Pair.meet(port, roomId, `Pair ${index}`));
await seconds(10); // Warm, so that the first quiet is one.

const before = await phase("quiet before", () => seconds(Number(options.quiet)));
let report!: AttackReport;
const during = await phase("under attack", async () => {
  report = await attack();
});
const after = await phase("quiet after", () => seconds(Number(options.quiet)));

console.log(JSON.stringify(report.tally, null, 1));
console.log(
  "slow ones:",
  JSON.stringify(report.lurkers),
  "endless messages:",
  JSON.stringify(report.endless),
);
const quiet = percentile([...before.waits, ...after.waits], 0.99);
const ratio = percentile(during.waits, 0.99) / quiet;
console.log(
  `attack took ${Math.round(report.took / 1000)} s; p99 under attack is ${
    ratio.toFixed(2)
  } times that of the quiet`,
);
const broken = server.output().split("\n").filter((line) => BROKEN.test(line));
const faults = [...report.tally.faults, ...broken.slice(0, 20)];
for (const pair of pairs) await pair.part().catch((error) => faults.push(String(error)));
await server[Symbol.asyncDispose]();
console.log(faults.length === 0 ? "no fault" : `FAULTS\n${faults.join("\n")}`);
Deno.exit(faults.length === 0 ? 0 : 1);

interface Phase {
  waits: number[];
}

async function phase(name: string, during: () => Promise<void>): Promise<Phase> {
  resetPeak(isolates);
  const began = { memory: memoryOf(isolates).now, cpu: processorTime(isolates), at: performance.now() };
  for (const pair of pairs) pair.take();
  await during();
  const waits = pairs.flatMap((pair) => pair.take());
  const { now, peak } = memoryOf(isolates);
  const busy = (processorTime(isolates) - began.cpu) / (performance.now() - began.at);
  const of = (share: number) => ms(percentile(waits, share));
  console.log(
    `${name.padEnd(12)} ${waits.length} messages, p50 ${of(0.5)}, p99 ${of(0.99)}, longest ${of(1)}; ` +
      `memory ${mb(began.memory)} → ${mb(now)}, at most ${mb(peak)}; ${Math.round(busy * 100)} % of a core`,
  );
  return { waits };
}

async function attack(): Promise<AttackReport> {
  const plan: AttackPlan = {
    origin: server.origin.replace("localhost", "127.0.0.1"),
    storm: {
      ...{ seed, frames, requests, framesPerSecond: rate, requestsPerSecond: rate * requests / frames },
      ...{ accounts: 200, roomIds },
    },
    ...{ lurkers: 50, endless: 5, endlessPerSecond: 100 * 1024 * 1024 },
  };
  const args = ["run", "-A", "tests/abuse/attack.ts", JSON.stringify(plan)];
  const { child, pid } = run({ args, cores: cores?.generator, stdout: "piped" });
  // What keeps the pair from reading its clock is no fault of the server's.
  await quietly("renice", "-n", "15", "-p", `${pid}`);
  const printed = await new Response(child.stdout).text();
  if (!(await child.status).success) throw new Error("the attacker broke");
  return JSON.parse(printed);
}

async function quietly(command: string, ...args: string[]): Promise<void> {
  await new Deno.Command(command, { args, stdout: "null" }).output();
}

function seconds(count: number): Promise<void> {
  return new Promise((done) => setTimeout(done, count * 1000));
}
