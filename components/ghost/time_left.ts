/** How long a ghost room has to live, in words. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface TimeLeft {
  /** `23 h 12 min`: for the eye. */
  short: string;
  /** `23 hours 12 minutes`: to be read out. */
  spoken: string;
}

const UNITS = [
  { ms: DAY, short: "d", one: "day" },
  { ms: HOUR, short: "h", one: "hour" },
  { ms: MINUTE, short: "min", one: "minute" },
  { ms: 1000, short: "s", one: "second" },
] as const;

/**
 * The two greatest units; in the last ten minutes seconds too, before that none.
 * @param ms milliseconds; below zero counts as zero
 */
export function timeLeft(ms: number): TimeLeft {
  const left = Math.max(0, ms);
  const first = UNITS.findIndex((unit) => left >= unit.ms);
  if (first < 0) return { short: "0 s", spoken: "0 seconds" };
  const parts = UNITS.slice(first, first + 2)
    .map((unit, at) => ({ unit, count: Math.floor((at === 0 ? left : left % UNITS[first]!.ms) / unit.ms) }))
    .filter(({ unit, count }, at) => at === 0 || count > 0 && (unit.ms >= MINUTE || left < 10 * MINUTE));
  return {
    short: parts.map(({ unit, count }) => `${count} ${unit.short}`).join(" "),
    spoken: parts.map(({ unit, count }) => `${count} ${unit.one}${count === 1 ? "" : "s"}`).join(" "),
  };
}
