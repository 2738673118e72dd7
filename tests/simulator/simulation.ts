/** One run: a server, a crowd, what goes wrong, and whether all that was promised was kept. */
import type { Bug } from "./bugs/bugs.ts";
import { setControls, UNHURT } from "./controls.ts";
import { Crowd } from "./crowd.ts";
import { Director } from "./director.ts";
import { Ledger } from "./ledger.ts";
import { createNetwork } from "./network.ts";
import { makePlan, type PlanSize, sayFault } from "./plan.ts";
import { Random } from "./random.ts";
import type { Report } from "./report.ts";
import { Stage } from "./stage.ts";
import { verifyLogs } from "./verify.ts";
import { areCaughtUp, verifyViews } from "./views.ts";
import type { WorldSize } from "./world.ts";

export interface SimulationOptions {
  seed: number;
  plan: PlanSize;
  world: WorldSize;
  /** Messages that each client has on its way at once. */
  lanes: number;
  /** How much faster than the real one the clients' clock runs. */
  pace: number;
  /**
   * Milliseconds after which somebody who was sent out must not be given anything new: when nothing else is wrong, and
   * whatever is wrong.
   */
  grace: { calm: number; atAll: number };
  /** Milliseconds until all that was said has arrived everywhere, once nothing is wrong any more. */
  patience: number;
  bug?: Bug;
  say(line: string): void;
  /** Hears now and then how it goes. */
  progress?(line: string): void;
}

/** Milliseconds. */
const PROGRESS_EVERY = 5_000;
const LOOK_EVERY = 100;

export async function simulate(options: SimulationOptions): Promise<Report> {
  const { seed, say, bug, plan: size } = options;
  const began = performance.now();
  const random = new Random(seed);
  const plan = makePlan(seed, size);
  say(`seed ${seed}: ${plan.length} faults`);
  await using stage = await Stage.set({ random, world: options.world, isolates: size.isolates, bug });
  await stage.server.start();
  const ledger = new Ledger();
  const network = createNetwork(stage.origin, stage.secret);
  const crowd = new Crowd({ ...options, world: stage.world, ledger, random, network });
  const director: Director = new Director(plan, {
    ...{ stage, say },
    comeBack: () => crowd.comeBack(),
    kick: (outcast) => crowd.kick(outcast, (time) => director.calmSince(time)),
    acked: () => ledger.acked,
  });
  const seconds = () => (performance.now() - began) / 1000;
  const progress = setInterval(
    () => options.progress?.(`${Math.round(seconds())} s: ${progressOf(ledger, director, crowd)}`),
    PROGRESS_EVERY,
  );
  try {
    crowd.start(() => director.reached);
    await director.run();
    while (ledger.acked < size.messages && ledger.good) await rest(LOOK_EVERY);
    say("nothing is wrong any more");
    await setControls(stage.folder, UNHURT);
    const { entries, views } = await verify(stage, crowd, ledger, options);
    if (bug && bug !== "skip-lock" && !stage.server.reached) {
      throw new Error(`nothing came by the bug ${bug}`);
    }
    const faults = Object.fromEntries([...director.done].sort());
    const failures = crowd.failures();
    const { acked, changes, delivered, descriptions } = ledger;
    return {
      ...{ seed, seconds: seconds(), acked, changes, delivered, entries, views, faults, failures },
      ...{ violations: Object.fromEntries(ledger.counts), descriptions, plan: plan.map(sayFault) },
      clients: crowd.staying.length,
      lastLines: stage.server.lines,
    };
  } finally {
    clearInterval(progress);
    crowd.close();
    network.close();
  }
}

async function verify(stage: Stage, crowd: Crowd, ledger: Ledger, { patience }: SimulationOptions) {
  const sql = stage.connect();
  try {
    // What is missing then is told by the views, one by one.
    await crowd.finish(() => areCaughtUp(sql, crowd.staying), patience)
      .catch((error) => ledger.fault("view", String(error)));
    const entries = await verifyLogs(sql, crowd.roomIds, ledger);
    const views = await verifyViews(sql, crowd.staying, ledger);
    for (const crash of stage.server.crashes) ledger.fault("crash", crash);
    return { entries, views };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function progressOf(ledger: Ledger, director: Director, crowd: Crowd): string {
  const faults = [...director.done.values()].reduce((sum, count) => sum + count, 0);
  const kills = director.count("server", "kill");
  const restarts = director.count("postgres", "fast", "immediate");
  const megabytes = Math.round(Deno.memoryUsage().rss / 2 ** 20);
  return `${ledger.acked} acknowledged, ${ledger.delivered} delivered, ${kills} kills, ${restarts} restarts of ` +
    `Postgres, ${faults} faults, ${crowd.online} of ${crowd.clients.length} online, ${megabytes} MB` +
    (ledger.good ? "" : `, broken: ${ledger.descriptions[0]}`);
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
