/** Which figures are drawn, and how they are spoken of. */
import { type Measure, median, type Who } from "../figures.ts";
import { against } from "../report.ts";
import { short, times } from "../results.ts";
import type { Bar, Plot } from "./bars.ts";

/** As readers know them. */
export const NAMES: Record<Who, string> = {
  parley: "Parley",
  "node-ws": "Node + ws",
  "socket.io": "Socket.IO",
  bare: "bare",
};
const ORDER = Object.keys(NAMES) as Who[];

interface Drawn {
  /** Of the file. */
  name: string;
  section: string;
  title: string;
  subtitle: string;
  /** Which measures of the section. */
  takes(measure: Measure): boolean;
  /** Bars of one group have this in common; `load` where nothing is said. */
  group?: "figure";
}

const is = (figure: string) => (measure: Measure) => measure.figure === figure;

export const DRAWN: Drawn[] = [
  {
    ...{ name: "sends", section: "sends", takes: is("per second") },
    ...{
      title: "Messages kept a second",
      subtitle: "One core each; more is better. × is to the better peer",
    },
  },
  {
    ...{ name: "sends-cpu", section: "sends", takes: is("cpu") },
    ...{ title: "Processor time a message kept", subtitle: "µs of the server; less is better" },
  },
  {
    ...{ name: "deliveries", section: "deliveries", takes: is("per second") },
    ...{
      title: "Deliveries a second",
      subtitle: "p99 within 100 ms; more is better. × is to the better peer",
    },
  },
  {
    ...{ name: "deliveries-cpu", section: "deliveries", takes: is("cpu") },
    ...{ title: "Processor time a delivery", subtitle: "µs of the server; less is better" },
  },
  {
    ...{ name: "idle", section: "idle", takes: is("memory a connection") },
    ...{ title: "Memory an idle connection", subtitle: "KB, all state included; less is better" },
  },
  {
    ...{ name: "reconnect", section: "reconnect", takes: is("last caught up") },
    ...{ title: "Everybody comes back at once", subtitle: "Seconds until the last has what they missed" },
  },
  {
    ...{ name: "history", section: "history", group: "figure" as const },
    takes: ({ figure }) => figure.endsWith("endpoint"),
    ...{ title: "A page of history", subtitle: "ms by the endpoint, by messages in the database" },
  },
  {
    ...{ name: "members", section: "members", group: "figure" as const },
    takes: ({ unit }) => unit === "µs",
    ...{
      title: "A send in a small and in a large room",
      subtitle: "µs, by members, all away but the sender",
    },
  },
  {
    ...{ name: "isolates", section: "isolates", takes: is("cpu") },
    ...{
      title: "Processor time on more isolates",
      subtitle: "µs a send or delivery; level means that it grows",
    },
  },
];

/** `null` where none of it was measured. */
export function plotOf(
  { title, subtitle, section, takes, group = "load" as never }: Drawn,
  all: Measure[],
): Plot | null {
  const own = all.filter((measure) => measure.section === section && takes(measure));
  if (own.length === 0) return null;
  const by: "figure" | "load" = group;
  const groups = [...Map.groupBy(own, (measure) => measure[by])].map(([label, measures]) => ({
    label,
    bars: measures.toSorted((a, b) => sizeOf(a) - sizeOf(b) || ORDER.indexOf(a.who) - ORDER.indexOf(b.who))
      .map((measure) => barOf(measure, measures, by)),
  }));
  return { title, subtitle, groups };
}

function barOf(measure: Measure, group: Measure[], by: "figure" | "load"): Bar {
  const value = median(measure.rounds);
  const unit = measure.unit === "/s" ? "/s" : ` ${measure.unit}`;
  const peers = group.filter(({ who }) => who === "node-ws" || who === "socket.io");
  const ratio = measure.who === "parley" && peers.length > 0 ? against(measure, peers) : NaN;
  return {
    name: by === "figure" ? sizeOf(measure).toLocaleString("en") : NAMES[measure.who],
    value,
    text: `${short(value)}${unit}${Number.isFinite(ratio) ? ` (${times(ratio)})` : ""}`,
    tone: measure.who === "bare" ? "bare" : measure.who === "parley" ? "own" : "peer",
  };
}

/** The number that a load begins with: of messages, of members. */
function sizeOf({ load }: Measure): number {
  return parseInt(load.replaceAll(",", ""));
}
