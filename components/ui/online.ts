import { cx } from "../cx.ts";

/** The dot beside a number of people: lit when somebody is there. */
export function onlineDot(count: number): string {
  return cx("size-2 rounded-full", count > 0 ? "bg-good" : "border border-strong");
}
