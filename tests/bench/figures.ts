/** What a bench gives back, and how it is shown. */

/** One figure of one contestant under one load: a number a round. */
export interface Measure {
  /** `sends`, `deliveries`, `idle`, `reconnect`, `join`, `history`, `members`, `pages`, `starts`, `isolates`, … */
  section: string;
  /** What it was put to: `10 rooms`, `100 listeners`. */
  load: string;
  who: "parley" | "node-ws" | "socket.io" | "bare";
  /** `per second`, `cpu`, `p99`, `batch`, … */
  figure: string;
  /** `/s`, `µs`, `ms`, `KB` */
  unit: string;
  rounds: number[];
}

export type Who = Measure["who"];

/** Gathers measures, a round at a time. */
export class Measures {
  readonly all: Measure[] = [];

  /** Adds one round's number to its measure. */
  note(of: Omit<Measure, "rounds">, value: number): void {
    const known = this.all.find((measure) =>
      measure.section === of.section && measure.load === of.load && measure.who === of.who &&
      measure.figure === of.figure
    );
    if (known) known.rounds.push(value);
    else this.all.push({ ...of, rounds: [value] });
  }
}

/** A figure of Parley's own, which nobody else has. */
export function own(
  section: string,
  load: string,
  figure: string,
  unit: string,
  ...rounds: number[]
): Measure {
  return { section, load, who: "parley", figure, unit, rounds };
}

/** The middle one; of an even number the lower of the two in the middle. */
export function median(values: number[]): number {
  return percentile(values, 0.5);
}

/** By the nearest rank. NaN of nothing. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}
