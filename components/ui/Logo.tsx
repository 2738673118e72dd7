import { cx } from "../cx.ts";

/** The lantern: a frame in the ink of the page around a flame in amber. */
export function Lantern({ class: extra }: { class?: string }) {
  return (
    <svg class={cx("shrink-0", extra ?? "size-8")} viewBox="0 0 32 32" aria-hidden="true">
      <path class="fill-accent" d="M9 13a7 7 0 0 1 14 0v9a3 3 0 0 1-3 3h-8a3 3 0 0 1-3-3z" />
      <path
        class="fill-accent-ink"
        d="M16 12c.6 2.6 3.6 3.8 3.6 7a3.6 3.6 0 0 1-7.2 0c0-1.7.9-2.6 1.7-3.7S15.7 13.7 16 12z"
      />
      <g class="stroke-current" fill="none" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
        <path d="M12.5 5.5a3.5 3.5 0 0 1 7 0" />
        <path d="M9 13a7 7 0 0 1 14 0v9a3 3 0 0 1-3 3h-8a3 3 0 0 1-3-3zM11 29h10" />
      </g>
    </svg>
  );
}

/** The lantern with the name beside it. */
export function Logo() {
  return (
    <span class="flex items-center gap-2">
      <Lantern />
      <span class="text-lg font-extrabold tracking-tight">Parley</span>
    </span>
  );
}
