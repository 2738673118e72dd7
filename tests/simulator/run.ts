/**
 * `deno task simulate`: a long run under faults. Exit code 1 when a promise was broken.
 *
 * --seed=N --messages=N --kills=N --postgres-restarts=N --bug=skip-lock|ring-before-commit|forget-cursor --json=FILE
 * --verbose: every fault as it happens. --bugs: short runs that show that each planted bug is caught.
 */
import { parseArgs } from "node:util";
import { type Bug, BUGS } from "./bugs/bugs.ts";
import { isGood, type Report, tableOf } from "./report.ts";
import { simulate, type SimulationOptions } from "./simulation.ts";
import { longSize, SHORT } from "./sizes.ts";

const { values: flags } = parseArgs({
  args: Deno.args,
  options: {
    seed: { type: "string" },
    messages: { type: "string", default: "1000000" },
    kills: { type: "string", default: "200" },
    "postgres-restarts": { type: "string", default: "50" },
    bug: { type: "string" },
    bugs: { type: "boolean", default: false },
    json: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});
const seed = Number(flags.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]);
if (flags.bug !== undefined && !BUGS.includes(flags.bug as Bug)) {
  throw new Error(`bugs are ${BUGS.join(", ")}`);
}

async function run(options: Omit<SimulationOptions, "seed" | "say" | "progress">): Promise<Report> {
  const say = flags.verbose ? console.log : () => {};
  const report = await simulate({ ...options, seed, say, progress: console.log });
  console.log(`\n${tableOf(report)}\n`);
  for (const line of report.descriptions) console.log(line);
  for (const [reason, count] of Object.entries(report.failures)) {
    console.log(`shown to people ${count} times: ${reason}`);
  }
  if (flags.json) await Deno.writeTextFile(flags.json, JSON.stringify(report, null, 2));
  return report;
}

if (flags.bugs) {
  const healthy = isGood(await run(SHORT));
  const caught: Bug[] = [];
  for (const bug of BUGS) if (!isGood(await run({ ...SHORT, bug }))) caught.push(bug);
  console.log(
    `the product as it is: ${healthy ? "good" : "BROKEN"}; caught: ${caught.join(", ")} of ${
      BUGS.join(", ")
    }`,
  );
  Deno.exit(healthy && caught.length === BUGS.length ? 0 : 1);
}
const size = longSize(Number(flags.messages), Number(flags.kills), Number(flags["postgres-restarts"]));
const good = isGood(await run({ ...size, bug: flags.bug as Bug | undefined }));
console.log(good ? "good" : `BROKEN: deno task simulate --seed=${seed} runs it again`);
Deno.exit(good ? 0 : 1);
