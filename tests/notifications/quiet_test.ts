import { expect } from "expect";
import { isQuiet } from "../../lib/notifications/quiet.ts";
import { settingsChange, settingsForm } from "../../lib/protocol/forms/notifications.ts";

const at = (time: string) => Date.parse(time);
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const hours = (from: string, to: string, timeZone = "UTC") => ({
  from: minutes(from),
  to: minutes(to),
  timeZone,
});

Deno.test("it is quiet from the first minute to the last but one when the hours lie within a day", () => {
  const quiet = hours("13:00", "14:30");
  expect(isQuiet(quiet, at("2026-05-04T12:59:59Z"))).toBe(false);
  expect(isQuiet(quiet, at("2026-05-04T13:00:00Z"))).toBe(true);
  expect(isQuiet(quiet, at("2026-05-04T14:29:59Z"))).toBe(true);
  expect(isQuiet(quiet, at("2026-05-04T14:30:00Z"))).toBe(false);
});

Deno.test("it is quiet on both sides of midnight when the hours go past it", () => {
  const quiet = hours("22:00", "07:00");
  const times = ["21:59", "22:00", "23:59", "00:00", "06:59", "07:00", "12:00"];
  const found = times.map((time) => isQuiet(quiet, at(`2026-05-04T${time}:00Z`)));
  expect(found).toEqual([false, true, true, true, true, false, false]);
});

Deno.test("it is quiet by the reader's own clock when they live far away", () => {
  const quiet = hours("22:00", "07:00", "Asia/Kolkata");
  // 16:30 UTC is 22:00 in Kolkata.
  expect(isQuiet(quiet, at("2026-05-04T16:29:00Z"))).toBe(false);
  expect(isQuiet(quiet, at("2026-05-04T16:30:00Z"))).toBe(true);
  expect(isQuiet(hours("22:00", "07:00", "America/Los_Angeles"), at("2026-05-04T16:30:00Z"))).toBe(false);
});

Deno.test("quiet hours end when the wall clock says so on the morning that clocks are put forward", () => {
  const quiet = hours("22:00", "07:00", "Europe/Berlin");
  // 7:00 on Saturday is 6:00 UTC; on Sunday, 29 March 2026, it is 5:00 UTC.
  expect(isQuiet(quiet, at("2026-03-28T05:30:00Z"))).toBe(true);
  expect(isQuiet(quiet, at("2026-03-29T04:59:00Z"))).toBe(true);
  expect(isQuiet(quiet, at("2026-03-29T05:00:00Z"))).toBe(false);
});

Deno.test("the hour that comes twice is quiet both times when clocks are put back", () => {
  const quiet = hours("02:15", "02:45", "Europe/Berlin");
  // 25 October 2026: 2:30 comes at 0:30 UTC and again at 1:30 UTC.
  expect(isQuiet(quiet, at("2026-10-25T00:30:00Z"))).toBe(true);
  expect(isQuiet(quiet, at("2026-10-25T01:30:00Z"))).toBe(true);
  expect(isQuiet(quiet, at("2026-10-25T01:50:00Z"))).toBe(false);
});

Deno.test("the hour that never comes makes no quiet when clocks are put forward", () => {
  const quiet = hours("02:00", "03:00", "Europe/Berlin");
  for (let minute = 0; minute < 120; minute++) {
    expect(isQuiet(quiet, at("2026-03-29T00:00:00Z") + minute * 60_000)).toBe(false);
  }
});

Deno.test("quiet hours are refused when they are none, or nobody's", () => {
  const problems = (quiet: unknown) =>
    settingsChange.safeParse({ quiet }).error?.issues.map(({ path }) => path.join("."));
  expect(problems({ from: "22:00", to: "07:00", timeZone: "Europe/Madrid" })).toBeUndefined();
  expect(problems(null)).toBeUndefined();
  expect(problems({ from: "22:00", to: "22:00", timeZone: "UTC" })).toEqual(["quiet.to"]);
  expect(problems({ from: "24:00", to: "7:00", timeZone: "Middle/Earth" })).toEqual([
    "quiet.from",
    "quiet.to",
    "quiet.timeZone",
  ]);
});

Deno.test("the page's form has no quiet hours when their box is not ticked, and needs all of them when it is", () => {
  const form = { directLevel: "all", roomsLevel: "mentions", from: "22:00", to: "07:00", timeZone: "UTC" };
  expect(settingsForm.parse(form)).toEqual({
    directLevel: "all",
    roomsLevel: "mentions",
    hideWords: false,
    quiet: null,
  });
  expect(settingsForm.parse({ ...form, quiet: "on", hideWords: "on" })).toMatchObject({
    hideWords: true,
    quiet: { from: 1320, to: 420, timeZone: "UTC" },
  });
  const problems = settingsForm.safeParse({ ...form, quiet: "on", from: "", timeZone: "" }).error?.issues;
  expect(problems?.map(({ path }) => path.join("."))).toEqual(["from", "timeZone"]);
});
