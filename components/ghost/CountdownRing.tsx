import { cx } from "../cx.ts";
import { timeLeft } from "./time_left.ts";

export interface CountdownRingProps {
  /** Milliseconds. */
  left: number;
  /** The room's whole life, milliseconds. */
  life: number;
  /** The ring alone, with the time beside it; the large one holds the time. */
  large?: boolean;
}

/** From here on the ring warns: the last ten minutes, and the last one. */
const SOON = 600_000;
const LAST = 60_000;
/** Its circumference is 100. */
const RADIUS = 15.915;

function Ring({ left, life, large, class: extra }: CountdownRingProps & { class: string }) {
  const part = life > 0 ? Math.min(1, Math.max(0, left / life)) : 0;
  const tone = left <= LAST ? cx("text-bad") : left <= SOON ? cx("text-warn") : cx("text-accent-text");
  const circle = { cx: 18, cy: 18, r: RADIUS, fill: "none", "stroke-width": large ? 2 : 4 };
  return (
    <svg viewBox="0 0 36 36" class={cx("shrink-0", extra)} aria-hidden="true">
      <circle {...circle} class="text-line" stroke="currentColor" />
      <circle
        {...circle}
        class={tone}
        stroke="currentColor"
        stroke-linecap="round"
        stroke-dasharray={`${(part * 100).toFixed(2)} 100`}
        transform="rotate(-90 18 18)"
      />
    </svg>
  );
}

/** How much of a room's time is left: a ring that runs out, and the same in words. */
export function CountdownRing(props: CountdownRingProps) {
  const { short, spoken } = timeLeft(props.left);
  const words = (
    <>
      <span aria-hidden="true">{short}</span>
      <span class="sr-only">{spoken} left</span>
    </>
  );
  if (!props.large) {
    return (
      <span
        class="inline-flex items-center gap-1.5 whitespace-nowrap tabular-nums text-sm text-soft"
        role="timer"
      >
        <Ring {...props} class="size-5" />
        <span>{words}</span>
      </span>
    );
  }
  return (
    <div class="relative size-36" role="timer">
      <Ring {...props} class="size-36" />
      <p class="absolute inset-0 flex flex-col items-center justify-center tabular-nums">
        <span class="font-extrabold">{words}</span>
        <span class="text-sm text-soft" aria-hidden="true">left</span>
      </p>
    </div>
  );
}
