/** What will go wrong, and when: all of it follows from the seed. */
import type { KvHealth } from "./controls.ts";
import { Random } from "./random.ts";

/** `at`: how many messages are acknowledged by then. Times are in milliseconds, shares between 0 and 1. */
export type PlannedFault =
  & { at: number }
  & (
    | { lane: "server"; kind: "kill" | "restart"; down: number }
    | { lane: "postgres"; kind: "fast" | "immediate"; down: number }
    | { lane: "postgres"; kind: "slow"; delay: number; lasting: number }
    | { lane: "postgres"; kind: "frozen"; lasting: number }
    | { lane: "kv"; kind: Exclude<KvHealth, "well">; lasting: number }
    | { lane: "network"; kind: "storm" }
    | { lane: "network"; kind: "cut"; share: number }
    | { lane: "network"; kind: "half-open"; share: number; lasting: number }
    | { lane: "network"; kind: "slow"; delay: number; lasting: number }
    | { lane: "network"; kind: "twice"; share: number; lasting: number }
    | { lane: "clocks"; kind: "jump"; clocks: number[] }
    | { lane: "people"; kind: "kick"; outcast: number }
  );

/** Faults of different lanes may come at once; those of one lane come one after another. */
export type Lane = PlannedFault["lane"];
export const LANES: Lane[] = ["server", "postgres", "kv", "network", "clocks", "people"];

export interface PlanSize {
  /** Messages to be acknowledged before it is over. */
  messages: number;
  kills: number;
  postgresRestarts: number;
  /** Of every other sort. */
  others: number;
  /** People who are sent out of a room. */
  kicks: number;
  isolates: number;
}

const MINUTE = 60_000;
/** Nothing happens before people have begun to talk, nor in the end. */
const [FIRST, LAST] = [0.03, 0.95];

export function makePlan(seed: number, size: PlanSize): PlannedFault[] {
  const random = new Random(seed).fork("plan");
  const at = () => Math.floor(size.messages * (FIRST + (LAST - FIRST) * random.next()));
  const many = (count: number, make: (index: number) => PlannedFault) =>
    Array.from({ length: count }, (_, n) => make(n));
  const lasting = (most: number) => random.between(most / 4, most);
  const jump = () => random.between(-3 * MINUTE, 3 * MINUTE);
  const { others } = size;
  const faults: PlannedFault[] = [
    ...many(size.kills, () => ({ at: at(), lane: "server", kind: "kill", down: random.between(0, 300) })),
    ...many(others, () => ({ at: at(), lane: "server", kind: "restart", down: random.between(0, 100) })),
    ...many(size.postgresRestarts, (n) => ({
      ...{
        at: at(),
        lane: "postgres",
        kind: n % 2 === 0 ? "immediate" : "fast",
        down: random.between(0, 500),
      } as const,
    })),
    ...many(
      others,
      () => ({ ...{ at: at(), lane: "postgres", kind: "slow", delay: 20 }, lasting: lasting(2000) }),
    ),
    ...many(others, () => ({ at: at(), lane: "postgres", kind: "frozen", lasting: lasting(1500) })),
    ...(["slow", "away", "deaf"] as const).flatMap((kind) =>
      many(others, () => ({ at: at(), lane: "kv", kind, lasting: lasting(3000) }))
    ),
    ...many(others, () => ({ at: at(), lane: "network", kind: "storm" })),
    ...many(others, () => ({ at: at(), lane: "network", kind: "cut", share: random.next() })),
    ...many(
      others,
      () => ({ at: at(), lane: "network", kind: "half-open", share: 0.3, lasting: lasting(6000) }),
    ),
    ...many(others, () => ({ at: at(), lane: "network", kind: "slow", delay: 40, lasting: lasting(2000) })),
    ...many(others, () => ({ at: at(), lane: "network", kind: "twice", share: 0.5, lasting: lasting(2000) })),
    ...many(others, () => ({
      ...{ at: at(), lane: "clocks", kind: "jump" } as const,
      clocks: Array.from({ length: size.isolates }, jump),
    })),
    ...many(size.kicks, (outcast) => ({ at: at(), lane: "people", kind: "kick", outcast })),
  ];
  return faults.sort((a, b) => a.at - b.at);
}

/** One line each, to be read beside a failure. */
export function sayFault({ at, lane, kind, ...more }: PlannedFault): string {
  const details = Object.entries(more).map(([name, value]) =>
    `${name} ${typeof value === "number" ? Math.round(value * 100) / 100 : value}`
  );
  return `after ${at}: ${lane} ${kind}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
}
