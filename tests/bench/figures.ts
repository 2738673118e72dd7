/** What a bench gives back, and how it is shown. */

export interface Row {
  /** Which bench, and under what load. */
  what: string;
  parley: string;
  /** The bare counterpart, where there is one. */
  bare?: string;
  ratio?: number;
  note?: string;
}

export interface Section {
  title: string;
  rows: Row[];
  /** Every round's figures. */
  raw: unknown;
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

export function perSecond(value: number): string {
  return `${Math.round(value).toLocaleString("en")}/s`;
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

export function table({ title, rows }: Section): string {
  const lines = rows.map(({ what, parley, bare = "", ratio, note = "" }) => [
    what,
    parley,
    bare,
    ratio === undefined ? "" : `${Math.round(ratio * 100)} %`,
    note,
  ]);
  const all = [["", "Parley", "bare", "ratio", ""], ...lines];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => line[column]!.length)));
  const text = all.map((line) =>
    line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()
  );
  return [title, ...text.map((line) => `  ${line}`)].join("\n");
}
