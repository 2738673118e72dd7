/** One section of the bench run by itself: `deno run -A tests/bench/idle.ts [--quick] [--keep]`. */
import { parseArgs } from "node:util";
import type { Measure } from "./figures.ts";
import { keep, lines } from "./results.ts";

export interface Effort {
  /** Fewer rounds and smaller loads: shows that it runs, not what it comes to. */
  quick: boolean;
}

/** Prints what a section measured; with `--keep` it takes the section's place in `docs/performance/results.json`. */
export async function alone(bench: (effort: Effort) => Promise<Measure[]>): Promise<never> {
  const { values } = parseArgs({ options: { quick: { type: "boolean" }, keep: { type: "boolean" } } });
  const measures = await bench({ quick: values.quick ?? false });
  console.log(lines(measures));
  if (values.keep) await keep(measures);
  Deno.exit(0);
}
