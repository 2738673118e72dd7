/**
 * `deno task bench`: what Parley does in a second beside its peers and beside what its parts do bare, measured in one run
 * on one machine. Prints medians; every round's figures are written to `results.json` beside this file. Nothing is
 * asserted on timings. `--keep` puts them into `docs/performance/results.json` too, of which `deno task bench:report`
 * writes the document.
 *
 * @example `deno task bench --quick`, `deno task bench --only=sends,deliveries --keep`
 */
import { parseArgs } from "node:util";
import { startField } from "./contestants.ts";
import { benchDeliveries, type DeliveryPlan } from "./deliveries.ts";
import { roomsOf } from "./crowd.ts";
import { type Measure, Measures } from "./figures.ts";
import { benchLatency } from "./latency.ts";
import { type Machine, machineNow, postgresVersion } from "./machine.ts";
import { benchPages } from "./page_weight.ts";
import { runToEnd } from "./processes.ts";
import { table } from "./report.ts";
import { keep } from "./results.ts";
import { benchScroll } from "./scroll.ts";
import { SECTIONS } from "./sections.ts";
import { benchSends, type SendPlan } from "./sends.ts";
import { benchStarts, start } from "./starts.ts";

const PLANS = {
  full: {
    sends: { rooms: [1, 10, 100], rounds: 5, round: 1_500 },
    deliveries: { listeners: [10, 100, 1_000], rounds: 5, round: 1_500 },
    messages: 1_000,
    scrolled: 10_000,
    people: 100,
  },
  quick: {
    sends: { rooms: [1, 10], rounds: 1, round: 1_000 },
    deliveries: { listeners: [10, 100], rounds: 1, round: 1_000 },
    messages: 300,
    scrolled: 2_000,
    people: 50,
  },
} satisfies Record<string, Plan>;

interface Plan {
  sends: SendPlan;
  deliveries: DeliveryPlan;
  /** Sent one after another for the latency. */
  messages: number;
  /** In the room that is scrolled through. */
  scrolled: number;
  /** Guests that hold the sockets. */
  people: number;
}

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean" },
    only: { type: "string" },
    keep: { type: "boolean" },
    "no-build": { type: "boolean" },
  },
});
const plan: Plan = options.quick ? PLANS.quick : PLANS.full;
const wanted = (bench: string) => !options.only || options.only.split(",").includes(bench);
const measures = new Measures();

/** Prints what a section has measured. */
function show(section: string, measured: Measure[] = []): void {
  measures.all.push(...measured);
  console.log(`${table(section, measures.all)}\n`);
}

/** The product as people run it: all cores, two isolates. */
async function benchWhole(dataDir: string): Promise<void> {
  const first = await start(dataDir);
  await first.server.stop();
  const second = await start(dataDir);
  try {
    if (wanted("starts")) show("starts", benchStarts(first.took, second.took));
    const place = { origin: `http://127.0.0.1:${second.port}` };
    if (wanted("weight")) show("weight", await benchPages(place));
    if (wanted("latency")) {
      show("latency", await benchLatency(second.port, await roomsOf(place, 2), plan.messages));
    }
  } finally {
    await second.server.stop();
  }
}

/** One process of each on one core, beside its peers and its bare counterparts on the same core. */
async function benchAgainst(dataDir: string, machine: Machine): Promise<void> {
  await using parts = new AsyncDisposableStack();
  // A socket's failure is nobody's to catch; what was started must not outlive it.
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    console.error(event.reason);
    void parts.disposeAsync().then(() => Deno.remove(dataDir, { recursive: true })).finally(() =>
      Deno.exit(1)
    );
  });
  const field = await startField(dataDir, plan.people, parts);
  machine.postgres = await postgresVersion(field.sql);
  machine.pinned = field.cores;
  if (!field.cores) console.log("Servers and the load generator share cores here: taskset is needed.\n");
  if (wanted("sends")) {
    await benchSends(field, plan.sends, measures);
    show("sends");
  }
  if (wanted("deliveries")) {
    await benchDeliveries(field, plan.deliveries, measures);
    show("deliveries");
  }
}

const began = performance.now();
const machine = await machineNow();
if (!options["no-build"]) await runToEnd("task", "build");
const dataDir = await Deno.makeTempDir({ prefix: "parley-bench-" });
try {
  if (["starts", "weight", "latency"].some(wanted)) await benchWhole(dataDir);
  // With a server and a browser of its own.
  if (wanted("scroll")) show("scroll", await benchScroll({ messages: plan.scrolled }));
  for (const [section, bench] of Object.entries(SECTIONS)) {
    if (wanted(section)) show(section, await bench({ quick: options.quick ?? false }));
  }
  // The last, since this process keeps to one core from then on.
  if (["sends", "deliveries"].some(wanted)) await benchAgainst(dataDir, machine);
} finally {
  await Deno.remove(dataDir, { recursive: true });
}
const quick = options.quick ?? false;
const results = { at: new Date().toISOString(), machine, quick, measures: measures.all };
await Deno.writeTextFile(new URL("results.json", import.meta.url), JSON.stringify(results, null, 2));
if (options.keep) await keep(measures.all);
console.log(
  `${Math.round((performance.now() - began) / 1000)} s in all; every round is in tests/bench/results.json`,
);
Deno.exit(0);
