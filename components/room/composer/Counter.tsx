import { MESSAGE_MAX_CHARACTERS } from "../../../lib/protocol/limits.ts";
import { cx } from "../../cx.ts";

/** The counter shows from here on. */
export const NEAR_LIMIT = 200;

/** Characters that may still be written, as people count them; negative when there are too many. */
export function charactersLeft(value: string): number {
  return MESSAGE_MAX_CHARACTERS - [...value].length;
}

/** How much may still be written, once that is little. */
export function Counter({ left }: { left: number }) {
  if (left > NEAR_LIMIT) return null;
  return (
    <p
      class={cx("px-1 pt-1 text-end text-xs tabular-nums", left < 0 ? "font-bold text-bad" : "text-soft")}
      dir="ltr"
    >
      {left < 0 ? `${-left} too many` : `${left} left`}
    </p>
  );
}
