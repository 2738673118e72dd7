import type { ComponentChildren } from "preact";
import { cx } from "../cx.ts";
import { onlineDot } from "./online.ts";

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
  /** Names the number for the script that keeps it fresh: see `LiveCounts`. */
  live?: string;
}

/** How many are here now: a lit dot and the number; unlit when nobody is. */
export function OnlineCount({ count, worded, live }: OnlineCountProps) {
  return (
    <span class="inline-flex shrink-0 items-center gap-1.5 tabular-nums text-sm text-soft" data-online={live}>
      <span class={onlineDot(count)} aria-hidden="true" />
      <span>{count}</span>
      {worded ? " online" : <span class="sr-only">online</span>}
    </span>
  );
}

/** Past this the exact number says no more. */
const COUNT_SHOWN = 99;

export interface UnreadBadgeProps {
  unread: number;
  /** Those among them that name me: they are what counts. */
  mentions: number;
}

/** How much is new in a room: loud when I am named, quiet otherwise, nothing at all when there is nothing. */
export function UnreadBadge({ unread, mentions }: UnreadBadgeProps) {
  const count = mentions || unread;
  if (count === 0) return null;
  return (
    <span
      class={cx(
        "inline-flex shrink-0 items-center rounded-full px-1.5 text-xs font-bold tabular-nums",
        mentions > 0 ? "bg-accent text-accent-ink" : "bg-accent-soft text-accent-text",
      )}
    >
      {mentions > 0 && "@"}
      {count > COUNT_SHOWN ? `${COUNT_SHOWN}+` : count}
      <span class="sr-only">{mentions > 0 ? " naming you" : " new"}</span>
    </span>
  );
}
