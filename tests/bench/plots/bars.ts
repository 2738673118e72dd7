/** Bars that lie, in groups: one SVG, wide enough for words and narrow enough for a phone. */
import { style } from "./palette.ts";

export interface Bar {
  name: string;
  value: number;
  /** As it is written behind the bar, with its unit. */
  text: string;
  tone: "own" | "peer" | "bare";
}

export interface Plot {
  title: string;
  /** What is shown in which unit, and whether more or less of it is better. */
  subtitle: string;
  groups: { label: string; bars: Bar[] }[];
}

const WIDTH = 440;
const MARGIN = 16;
const NAME = 86;
/** Room for the number behind the longest bar. */
const TEXT = 132;
const ROW = 24;
const THICK = 16;
const FULL = WIDTH - 2 * MARGIN - NAME - TEXT;
const LEAST = 2;
const CLASSES = { own: "accent-text", peer: "strong", bare: "bare" } as const;

/** Every length is in proportion to the longest bar of the whole plot, from zero. */
export function bars({ title, subtitle, groups }: Plot): string {
  const longest = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const parts: string[] = [];
  let y = MARGIN + 18;
  parts.push(text(MARGIN, y, title, "ink", 'font-size="17" font-weight="700"'));
  y += 22;
  parts.push(text(MARGIN, y, subtitle, "soft", 'font-size="13"'));
  for (const { label, bars } of groups) {
    y += 30;
    parts.push(text(MARGIN, y, label, "ink", 'font-weight="600"'));
    y += 8;
    for (const bar of bars) {
      parts.push(row(bar, y, bar.value / longest * FULL));
      y += ROW;
    }
  }
  const height = y + MARGIN;
  const summary = groups.map(({ label, bars }) =>
    `${label}: ${bars.map((bar) => `${bar.name} ${bar.text}`).join(", ")}`
  ).join("; ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" ` +
    `role="img" font-family="system-ui, sans-serif" font-size="14"><title>${escaped(title)}</title>` +
    `<desc>${escaped(`${subtitle}. ${summary}`)}</desc><style>${style()}</style>` +
    `<rect class="paper" width="${WIDTH}" height="${height}" rx="12"/>\n${parts.join("\n")}\n</svg>\n`;
}

function row({ name, value, text: words, tone }: Bar, y: number, length: number): string {
  const left = MARGIN + NAME;
  const wide = Math.round(Math.max(LEAST, length) * 10) / 10;
  const weight = tone === "own" ? 'font-weight="600"' : "";
  const middle = y + ROW / 2 + 5;
  return text(MARGIN, middle, name, "soft", "") +
    `<rect class="${CLASSES[tone]}" x="${left}" y="${
      y + (ROW - THICK) / 2
    }" width="${wide}" height="${THICK}" ` +
    `rx="3" data-value="${value}"/>` + text(left + wide + 8, middle, words, "ink", weight);
}

function text(x: number, y: number, words: string, colour: string, more: string): string {
  return `<text class="${colour}" x="${x}" y="${y}"${more ? ` ${more}` : ""}>${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(
    '"',
    "&quot;",
  );
}
