import type { ComponentChildren } from "preact";
import { cx } from "../cx.ts";

const TONES = {
  plain: cx("bg-sunken text-soft"),
  accent: cx("bg-accent-soft text-accent-text"),
  good: cx("bg-good-soft text-good"),
  red: cx("bg-red-lounge-soft text-red-lounge"),
};

/** A word or two that marks something: "RED", "guest". */
export function Badge(
  { tone = "plain", children }: { tone?: keyof typeof TONES; children: ComponentChildren },
) {
  return (
    <span class={cx("inline-flex items-center gap-1 rounded-full px-2 text-xs font-bold", TONES[tone])}>
      {children}
    </span>
  );
}

export interface OnlineCountProps {
  count: number;
  /** `12 online` instead of the bare number. */
  worded?: boolean;
}

/** How many are here now: a lit dot and the number; unlit when nobody is. */
export function OnlineCount({ count, worded }: OnlineCountProps) {
  return (
    <span class="inline-flex shrink-0 items-center gap-1.5 tabular-nums text-sm text-soft">
      <span
        class={cx("size-2 rounded-full", count > 0 ? "bg-good" : "border border-strong")}
        aria-hidden="true"
      />
      {count}
      {worded ? " online" : <span class="sr-only">online</span>}
    </span>
  );
}
