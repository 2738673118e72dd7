/**
 * `deno task bench`: what Parley does in a second beside what its parts do bare, measured in one run on one machine.
 * Prints tables; every round's figures are written to `results.json` beside this file. Nothing is asserted on timings.
 *
 * @example `deno task bench --quick`, `deno task bench --only=sends,deliveries`
 */
import { parseArgs } from "node:util";
import { close, connect } from "../../db/client.ts";
import { ensurePostgres } from "../../db/embedded.ts";
import { bareBroadcast, bareInsert } from "./bare.ts";
import { parley, roomsOf } from "./crowd.ts";
import { benchDeliveries, type DeliveryPlan } from "./deliveries.ts";
import { type Section, table } from "./figures.ts";
import { benchLatency } from "./latency.ts";
import { benchPages } from "./page_weight.ts";
import { freePort, healthy, run, runToEnd, serverEnv, takeCores } from "./processes.ts";
import { benchScroll } from "./scroll.ts";
import { benchSends, type SendPlan } from "./sends.ts";
import { start, startSection } from "./starts.ts";

const PLANS = {
  full: {
    sends: { rooms: [1, 10], rounds: 3, round: 2_000 },
    deliveries: { listeners: [10, 100, 1_000], rounds: 3, round: 1_500 },
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
  options: { quick: { type: "boolean" }, only: { type: "string" }, "no-build": { type: "boolean" } },
});
const plan: Plan = options.quick ? PLANS.quick : PLANS.full;
const wanted = (bench: string) => !options.only || options.only.split(",").includes(bench);
const sections: Section[] = [];

function show(section: Section): void {
  sections.push(section);
  console.log(`${table(section)}\n`);
}

/** The product as people run it: all cores, two isolates. */
async function benchWhole(dataDir: string): Promise<void> {
  const first = await start(dataDir);
  await first.server.stop();
  const second = await start(dataDir);
  try {
    if (wanted("starts")) show(startSection(first.took, second.took));
    const place = { origin: `http://127.0.0.1:${second.port}` };
    if (wanted("pages")) show(await benchPages(place));
    if (wanted("latency")) show(await benchLatency(second.port, await roomsOf(place, 2), plan.messages));
  } finally {
    await second.server.stop();
  }
}

/** One isolate on one core, beside its bare counterparts on the same core. */
async function benchThroughput(dataDir: string): Promise<void> {
  // Postgres first: what is started later inherits the core that this process keeps to.
  const postgres = await ensurePostgres(dataDir);
  const cores = await takeCores();
  const port = freePort();
  const env = { ...serverEnv(dataDir, port), DATABASE_URL: postgres.url };
  const args = ["serve", "-A", ...serverFlags(), "--host", "127.0.0.1", "--port", `${port}`, "main.ts"];
  const server = run({ args, env, cores: cores?.server });
  const sql = connect(postgres.url, { max: 1, name: "parley bench" });
  try {
    await healthy(port);
    const product = await parley(port, server.pid, plan.people);
    if (wanted("sends")) {
      const bare = bareInsert(postgres.url, cores);
      show(await benchSends(product, sql, bare, plan.sends).finally(() => bare.stop()));
    }
    if (wanted("deliveries")) {
      const bare = await bareBroadcast(cores);
      // Not the rooms of the sends: their people may not have left yet.
      const rooms = (await roomsOf(product, 20)).slice(10);
      show(await benchDeliveries(product, bare, rooms, plan.deliveries).finally(() => bare.stop()));
    }
  } finally {
    await server.stop();
    await close(sql);
    await postgres.stop();
  }
}

/** More flags for the measured server, such as `--cpu-prof`. */
function serverFlags(): string[] {
  return Deno.env.get("BENCH_SERVER_FLAGS")?.split(" ") ?? [];
}

const began = performance.now();
if (!options["no-build"]) await runToEnd("task", "build");
const dataDir = await Deno.makeTempDir({ prefix: "parley-bench-" });
try {
  if (["starts", "pages", "latency"].some(wanted)) await benchWhole(dataDir);
  if (["sends", "deliveries"].some(wanted)) await benchThroughput(dataDir);
  // With a server and a browser of its own.
  if (wanted("scroll")) show(await benchScroll({ messages: plan.scrolled }));
} finally {
  await Deno.remove(dataDir, { recursive: true });
}
const machine = { deno: Deno.version.deno, cores: navigator.hardwareConcurrency, load: Deno.loadavg()[0] };
const results = { at: new Date().toISOString(), machine, quick: options.quick ?? false, sections };
await Deno.writeTextFile(new URL("results.json", import.meta.url), JSON.stringify(results, null, 2));
console.log(
  `${Math.round((performance.now() - began) / 1000)} s in all; every round is in tests/bench/results.json`,
);
Deno.exit(0);
