/** Measures as tables: a row a load and figure, a column a contestant, and what Parley is to the others. */
import { type Measure, median, type Who } from "./figures.ts";

const COLUMNS: Who[] = ["parley", "node-ws", "socket.io", "bare"];
const PEERS: Who[] = ["node-ws", "socket.io"];

/** One section's table, under its name. */
export function table(section: string, measures: Measure[]): string {
  const own = measures.filter((measure) => measure.section === section);
  const present = COLUMNS.filter((who) => own.some((measure) => measure.who === who));
  const peers = present.some((who) => PEERS.includes(who));
  const ratios = [...(peers ? ["/ better peer"] : []), ...(present.includes("bare") ? ["/ bare"] : [])];
  const lines = [["", "", ...present, ...ratios]];
  for (const [load, figures] of Map.groupBy(own, (measure) => measure.load)) {
    for (const [figure, measured] of Map.groupBy(figures, (measure) => measure.figure)) {
      const of = (who: Who) => measured.find((measure) => measure.who === who);
      const ratio = [
        ...(peers ? [against(of("parley"), PEERS.map(of))] : []),
        ...(present.includes("bare") ? [against(of("parley"), [of("bare")])] : []),
      ];
      lines.push([load, figure, ...present.map((who) => shown(of(who))), ...ratio.map(times)]);
    }
  }
  return [section, ...aligned(lines)].join("\n");
}

/** Parley's median as a multiple of the others' best. NaN when one of them was not measured. */
export function against(parley: Measure | undefined, others: (Measure | undefined)[]): number {
  const medians = others.flatMap((other) => other ? [median(other.rounds)] : []);
  if (!parley || medians.length === 0) return NaN;
  const best = parley.unit === "/s" ? Math.max(...medians) : Math.min(...medians);
  return median(parley.rounds) / best;
}

function times(ratio: number): string {
  if (!Number.isFinite(ratio)) return "";
  return ratio < 1 ? `${ratio.toFixed(2)}` : `${ratio.toFixed(1)}`;
}

function shown(measure: Measure | undefined): string {
  if (!measure) return "";
  const value = median(measure.rounds);
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  const text = value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return measure.unit === "/s" ? `${text}/s` : `${text} ${measure.unit}`.trimEnd();
}

function aligned(lines: string[][]): string[] {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines.map((line) =>
    `  ${
      line.map((cell, column) => column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))
        .join("  ").trimEnd()
    }`
  );
}
