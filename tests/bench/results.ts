/** What was measured, as it is kept beside the document that tells of it. */
import { type Measure, median } from "./figures.ts";
import { type Machine, machineNow } from "./machine.ts";

/** Of the run that `docs/performance.md` shows. */
export const KEPT = new URL("../../docs/performance/results.json", import.meta.url);

export interface Results {
  /** ISO 8601. */
  at: string;
  machine: Machine;
  quick: boolean;
  measures: Measure[];
}

/** Puts measures among those that are kept, in the place of the same sections' earlier ones. */
export async function keep(measures: Measure[], where: URL = KEPT): Promise<void> {
  const known = await readResults(where).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  const sections = new Set(measures.map(({ section }) => section));
  const others = known?.measures.filter(({ section }) => !sections.has(section)) ?? [];
  const results: Results = {
    at: new Date().toISOString(),
    machine: await machineNow(),
    quick: false,
    measures: [...others, ...measures],
  };
  await Deno.mkdir(new URL(".", where), { recursive: true });
  await Deno.writeTextFile(where, `${JSON.stringify(results, null, 1)}\n`);
}

export async function readResults(where: URL = KEPT): Promise<Results> {
  return JSON.parse(await Deno.readTextFile(where));
}

/** The median of each figure, and the rounds that it is the middle of. */
export function lines(measures: Measure[]): string {
  const rows = measures.map(({ section, load, who, figure, unit, rounds }) => [
    section,
    load,
    who,
    figure,
    `${short(median(rounds))} ${unit}`,
    rounds.length > 1 ? `of ${rounds.map(short).join(", ")}` : "",
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd())
    .join("\n");
}

/** Three digits that count. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString("en", { maximumFractionDigits: Math.min(digits, 4) });
}

/** A ratio: three digits that count, below one two places. */
export function times(ratio: number): string {
  if (!Number.isFinite(ratio)) return "";
  return `${ratio < 1 ? ratio.toFixed(2) : short(ratio)}×`;
}
