import { expect } from "expect";
import { parseDocument } from "htmlparser2";
import { plotsOf, withFigures } from "./document.ts";
import type { Measure } from "./figures.ts";
import { palette } from "./plots/palette.ts";
import type { Results } from "./results.ts";

const measure = (
  section: string,
  load: string,
  who: Measure["who"],
  figure: string,
  unit: string,
  ...rounds: number[]
) => ({ section, load, who, figure, unit, rounds }) satisfies Measure;

const MEASURES: Measure[] = [
  measure("sends", "1 room", "parley", "per second", "/s", 70_000, 80_000, 90_000),
  measure("sends", "1 room", "node-ws", "per second", "/s", 10_000),
  measure("sends", "1 room", "socket.io", "per second", "/s", 5_000),
  measure("sends", "1 room", "bare", "per second", "/s", 100_000),
  measure("sends", "1 room", "parley", "cpu", "µs", 10),
  measure("sends", "1 room", "node-ws", "cpu", "µs", 80),
  measure("history", "10,000 messages", "parley", "newest page, endpoint", "ms", 2),
  measure("history", "10,000,000 messages", "parley", "newest page, endpoint", "ms", 2.5),
];
const RESULTS: Results = {
  at: "2026-11-29T00:00:00.000Z",
  quick: false,
  machine: { processor: "Some <CPU>", cores: 2, memory: 16e9, load: [0], kernel: "6", deno: "2", node: "20" },
  measures: MEASURES,
};
const DOCUMENT =
  "# Title\n\n<!-- measured: sends -->\nold\n<!-- end -->\n\nwords\n\n<!-- measured: history -->\n<!-- end -->\n";

Deno.test("a table holds the medians and the ratios to the better peer and to the bare parts", () => {
  const written = withFigures(DOCUMENT, RESULTS);
  expect(written).toContain(
    "| 1 room | per second | 80,000/s | 10,000/s | 5,000/s | 100,000/s | 8× | 0.80× |",
  );
  // Less processor time is the better, so the ratio is below one.
  expect(written).toContain("| 1 room | cpu | 10 µs | 80 µs |  |  | 0.13× |  |");
  expect(written).toContain("| newest page, endpoint | 2 ms | 2.5 ms | 1.25× |");
  expect(written).not.toContain("old\n");
  expect(written).toContain("\n\nwords\n\n");
});

Deno.test("a document stays as it is when its figures are written again", () => {
  const once = withFigures(DOCUMENT, RESULTS);
  expect(withFigures(once, RESULTS)).toBe(once);
});

Deno.test("a document says so when a section was not measured, and is refused when a mark has no end", () => {
  expect(withFigures("<!-- measured: idle -->\n<!-- end -->\n", RESULTS)).toContain("has not measured this");
  expect(() => withFigures("<!-- measured: idle -->\n", RESULTS)).toThrow("has no end");
});

Deno.test("plots are drawn of what was measured, with bars in proportion and nothing left open", () => {
  const plots = plotsOf(MEASURES);
  expect([...plots.keys()]).toEqual(["sends.svg", "sends-cpu.svg", "history.svg"]);
  const sends = plots.get("sends.svg")!;
  const lengths = [...sends.matchAll(/width="([\d.]+)" height="16" rx="3" data-value="(\d+)"/g)]
    .map(([, width, value]) => Number(width) / Number(value));
  expect(lengths).toHaveLength(4);
  for (const length of lengths) expect(length).toBeCloseTo(lengths[0]!, 4);
  expect(sends).toContain("80,000/s (8×)");
  for (const svg of plots.values()) expect(unclosed(svg)).toEqual([]);
});

Deno.test("words of a plot cannot become markup", () => {
  const svg = plotsOf([measure("sends", "<script>", "parley", "per second", "/s", 1)]).get("sends.svg")!;
  expect(svg).toContain("&lt;script&gt;");
  expect(svg).not.toContain("<script>");
});

Deno.test("what plots are drawn with holds against their paper, in both themes", () => {
  for (const colours of Object.values(palette())) {
    for (const words of ["ink", "soft"] as const) {
      expect(contrast(colours[words], colours.paper)).toBeGreaterThanOrEqual(4.5);
    }
    for (const shape of ["accent-text", "strong"] as const) {
      expect(contrast(colours[shape], colours.paper)).toBeGreaterThanOrEqual(3);
    }
  }
});

/** Elements that are opened and not closed; and that it is one `svg`. */
function unclosed(svg: string): string[] {
  const open: string[] = [];
  for (const [, close, name, self] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!self) open.push(name!);
  }
  const roots = parseDocument(svg.trim(), { xmlMode: true }).children;
  expect(roots.map((root) => "name" in root && root.name)).toEqual(["svg"]);
  return open;
}

/** WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [light, dark] = [one, other].map(luminance).toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4) as [
      number,
      number,
      number,
    ];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
