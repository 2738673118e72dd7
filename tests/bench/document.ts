/**
 * `deno task bench:report [--from=tests/bench/results.json]`: writes the tables and plots of `docs/performance.md` from
 * `docs/performance/results.json`, so that neither can say what was not measured. `--from` first takes over what a run of
 * the bench has written.
 */
import { parseArgs } from "node:util";
import { type Measure, median, type Who } from "./figures.ts";
import { bars } from "./plots/bars.ts";
import { DRAWN, NAMES, plotOf } from "./plots/drawn.ts";
import { against } from "./report.ts";
import { keep, KEPT, readResults, type Results, short, times } from "./results.ts";

const DOCUMENT = new URL("../../docs/performance.md", import.meta.url);
/** Of these the loads are the columns, and the last is held against the first. */
const BY_LOAD = ["history", "members"];
const PEERS: Who[] = ["node-ws", "socket.io"];

/** The document with all that stands between its marks written anew. @throws Error for a mark that has no end */
export function withFigures(document: string, results: Results): string {
  const written = document.replace(
    /(<!-- measured: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin, section, end) => `${begin}${begin ? figuresOf(section, results) : ""}\n${end}`,
  );
  const [begins, ends] = [/<!-- measured: /g, /<!-- end -->/g].map((mark) =>
    written.match(mark)?.length ?? 0
  );
  if (begins !== ends) throw new Error("a mark of docs/performance.md has no end");
  return written;
}

/** File name → SVG, of all that was measured. */
export function plotsOf(measures: Measure[]): Map<string, string> {
  return new Map(DRAWN.flatMap((drawn) => {
    const plot = plotOf(drawn, measures);
    return plot ? [[`${drawn.name}.svg`, bars(plot)] as const] : [];
  }));
}

function figuresOf(section: string, results: Results): string {
  if (section === "machine") return machineOf(results);
  const own = results.measures.filter((measure) => measure.section === section);
  if (own.length === 0) return "\nThe run that is kept here has not measured this.\n";
  const images = DRAWN.filter((drawn) => drawn.section === section && plotOf(drawn, own))
    .map(({ name, title }) => `![${title}](performance/${name}.svg)`);
  return `\n${images.length > 0 ? `${images.join("\n")}\n\n` : ""}${
    BY_LOAD.includes(section) ? byLoad(own) : byWho(own)
  }\n`;
}

function machineOf({ at, machine }: Results): string {
  return `\nMeasured on ${at.slice(0, 10)}: ${machine.cores} cores (${machine.processor}), ` +
    `${
      Math.round(machine.memory / 1e9)
    } GB of memory, Linux ${machine.kernel}, Deno ${machine.deno}, Node ${machine.node}.\n`;
}

/** A row a load and figure, a column a contestant. */
function byWho(measures: Measure[]): string {
  const present = (Object.keys(NAMES) as Who[]).filter((who) =>
    measures.some((measure) => measure.who === who)
  );
  const peers = PEERS.filter((who) => present.includes(who));
  const withBare = present.includes("bare");
  const head = [
    ...["under", "figure", ...present.map((who) => NAMES[who])],
    ...(peers.length > 0 ? ["to the better peer"] : []),
    ...(withBare ? ["to bare"] : []),
  ];
  const rows: string[][] = [];
  for (const [load, figures] of Map.groupBy(measures, (measure) => measure.load)) {
    for (const [figure, measured] of Map.groupBy(figures, (measure) => measure.figure)) {
      const of = (who: Who) => measured.find((measure) => measure.who === who);
      rows.push([
        ...[load, figure, ...present.map((who) => shown(of(who)))],
        ...(peers.length > 0 ? [times(against(of("parley"), peers.map(of)))] : []),
        ...(withBare ? [times(against(of("parley"), [of("bare")]))] : []),
      ]);
    }
  }
  return markdown(head, rows);
}

/** A row a figure, a column a load. */
function byLoad(measures: Measure[]): string {
  const loads = [...new Set(measures.map(({ load }) => load))];
  const rows = [...Map.groupBy(measures, ({ figure }) => figure)].map(([figure, measured]) => {
    const [first, ...others] = loads.map((load) => measured.find((measure) => measure.load === load));
    const ratio = first && others.at(-1) ? median(others.at(-1)!.rounds) / median(first.rounds) : NaN;
    return [figure, ...[first, ...others].map(shown), times(ratio)];
  });
  return markdown(["figure", ...loads, "ratio"], rows);
}

function shown(measure: Measure | undefined): string {
  if (!measure) return "";
  const text = short(median(measure.rounds));
  return measure.unit === "/s" ? `${text}/s` : `${text} ${measure.unit}`.trimEnd();
}

function markdown(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => index < 1 ? "---" : "--:")), ...rows.map(line)].join("\n");
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { from: { type: "string" } } });
  if (values.from) await keep((await readResults(new URL(values.from, `file://${Deno.cwd()}/`))).measures);
  const results = await readResults();
  await Deno.writeTextFile(DOCUMENT, withFigures(await Deno.readTextFile(DOCUMENT), results));
  const plots = plotsOf(results.measures);
  for (const [name, svg] of plots) await Deno.writeTextFile(new URL(name, KEPT), svg);
  console.log(`docs/performance.md and ${plots.size} plots hold the figures of ${results.at.slice(0, 10)}`);
}
