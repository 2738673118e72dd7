import type { QuietHours } from "../protocol/forms/notifications.ts";

/**
 * Whether it is one of somebody's quiet hours. They are hours of the wall clock: where clocks are put forward or back,
 * the quiet begins and ends when the clock on the wall says so.
 * @param at milliseconds since the epoch
 */
export function isQuiet(quiet: QuietHours, at: number): boolean {
  const { from, to } = quiet;
  const now = minuteOfDay(quiet.timeZone, at);
  return from < to ? now >= from && now < to : now >= from || now < to;
}

function minuteOfDay(timeZone: string, at: number): number {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return parts.hour! * 60 + parts.minute!;
}
