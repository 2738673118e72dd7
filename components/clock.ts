/**
 * How times are written. The server passes UTC and the browser's first language, the browser hydrates with the
 * same values and only then sets its own zone: both draw the same text first, and nothing jumps.
 */
export interface Clock {
  /** BCP 47 tag. */
  locale: string;
  /** IANA name, such as `UTC` or `Europe/Madrid`. */
  timeZone: string;
  /** ISO 8601, UTC: what "today" and "yesterday" are measured against. */
  now: string;
}

const OPTIONS = {
  key: { year: "numeric", month: "2-digit", day: "2-digit" },
  time: { hour: "numeric", minute: "2-digit" },
  full: { dateStyle: "full", timeStyle: "short" },
  weekday: { weekday: "long" },
  day: { day: "numeric", month: "long" },
  month: { month: "long", year: "numeric" },
  dayOfYear: { day: "numeric", month: "long", year: "numeric" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a formatter costs far more than using it (some 30 µs, twice a message). Pure, so kept; bounded, because
 * locales come from outside. */
const made = new Map<string, Intl.DateTimeFormat>();

function format(kind: keyof typeof OPTIONS, locale: string, timeZone: string, iso: string): string {
  const key = `${kind} ${locale} ${timeZone}`;
  let formatter = made.get(key);
  if (!formatter) {
    if (made.size >= 200) made.clear();
    formatter = new Intl.DateTimeFormat(locale, { ...OPTIONS[kind], timeZone });
    made.set(key, formatter);
  }
  return formatter.format(new Date(iso));
}

/** Zone → quarter of an hour → its day. A long list asks for thousands of days, and nowhere does one begin in between. */
const days = new Map<string, Map<string, string>>();

function quarterOf(iso: string): string {
  return `${iso.slice(0, 14)}${Math.floor(Number(iso.slice(14, 16)) / 15)}`;
}

/** The day as `2026-08-02`: equal keys are the same day in the reader's zone. @param iso ISO 8601, UTC */
export function dayKey(clock: Clock, iso: string): string {
  let known = days.get(clock.timeZone);
  if (!known || known.size >= 5_000) {
    if (days.size >= 50) days.clear();
    days.set(clock.timeZone, known = new Map());
  }
  const quarter = quarterOf(iso);
  let day = known.get(quarter);
  if (day === undefined) known.set(quarter, day = format("key", "en-CA", clock.timeZone, iso));
  return day;
}

/** `14:05` or `2:05 PM`, as the locale has it. */
export function timeOfDay(clock: Clock, iso: string): string {
  return format("time", clock.locale, clock.timeZone, iso);
}

/** `Sunday, 2 August 2026 at 14:05`: for titles. */
export function fullTime(clock: Clock, iso: string): string {
  return format("full", clock.locale, clock.timeZone, iso);
}

/** `August 2026`. */
export function monthName(clock: Clock, iso: string): string {
  return format("month", clock.locale, clock.timeZone, iso);
}

/** `Today`, `Yesterday`, `Sunday`, `2 August`, `2 August 2025`. */
export function dayName(clock: Clock, iso: string): string {
  const key = dayKey(clock, iso);
  const today = dayKey(clock, clock.now);
  const daysAgo = Math.round((Date.parse(today) - Date.parse(key)) / 86_400_000);
  if (daysAgo === 0) return "Today";
  if (daysAgo === 1) return "Yesterday";
  if (daysAgo > 1 && daysAgo < 7) return format("weekday", clock.locale, clock.timeZone, iso);
  const kind = key.slice(0, 4) === today.slice(0, 4) ? "day" : "dayOfYear";
  return format(kind, clock.locale, clock.timeZone, iso);
}
