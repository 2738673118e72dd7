/** The attacker as a process of its own, so that it does not hold up the clocks of those who are measured. */
import { accountsAt } from "./accounts.ts";
import { type Endless, endless } from "./endless.ts";
import { lurk } from "./lurkers.ts";
import { storm, type StormPlan } from "./storm.ts";
import type { Tally } from "./tally.ts";

export interface AttackPlan {
  origin: string;
  storm: StormPlan;
  /** Slow ones of each kind. */
  lurkers: number;
  /** Endless messages, one after another, and how many bytes a second they send. */
  endless: number;
  endlessPerSecond: number;
}

export interface AttackReport {
  tally: Tally;
  lurkers: Record<string, number>;
  endless: Endless[];
  /** Milliseconds. */
  took: number;
}

/** Bytes after which an endless message ends all the same. */
const MOST = 1024 ** 3;

async function attack({ origin, storm: plan, ...more }: AttackPlan): Promise<AttackReport> {
  const place = { origin };
  const began = performance.now();
  const accounts = await accountsAt(place, plan.accounts);
  const lurkers = await lurk(place, accounts, plan.roomIds[0]!, more.lurkers);
  const ends: Endless[] = [];
  const tally = storm(place, plan);
  for (let time = 0; time < more.endless; time++) {
    const { endlessPerSecond: perSecond } = more;
    ends.push(await endless(place, accounts[time % accounts.length]!, { most: MOST, perSecond }));
  }
  const report = {
    tally: await tally,
    lurkers: lurkers.begun,
    endless: ends,
    took: performance.now() - began,
  };
  lurkers.leave();
  return report;
}

if (import.meta.main) {
  console.log(JSON.stringify(await attack(JSON.parse(Deno.args[0]!))));
  Deno.exit(0);
}
