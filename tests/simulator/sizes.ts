/** How large a run is. */
import type { SimulationOptions } from "./simulation.ts";

type Size = Pick<SimulationOptions, "plan" | "world" | "lanes" | "pace" | "grace" | "patience">;

const ISOLATES = 2;

/** For each change of the code: every sort of fault once at least. Nothing hangs on how fast the machine is. */
export const SHORT: Size = {
  plan: { messages: 3_000, kills: 3, postgresRestarts: 2, others: 1, kicks: 1, isolates: ISOLATES },
  world: { people: 9, outcasts: 1, open: 2, guarded: 1 },
  lanes: 3,
  pace: 6,
  grace: { calm: 20_000, atAll: 60_000 },
  patience: 60_000,
};

/** For a claim: a million messages. */
export function longSize(messages: number, kills: number, postgresRestarts: number): Size {
  const others = Math.ceil(kills / 8);
  const kicks = Math.min(10, others);
  return {
    plan: { messages, kills, postgresRestarts, others, kicks, isolates: ISOLATES },
    world: { people: 24, outcasts: kicks, open: 6, guarded: 2 },
    lanes: 8,
    pace: 6,
    grace: { calm: 2_000, atAll: 30_000 },
    patience: 120_000,
  };
}
