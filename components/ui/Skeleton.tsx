import { cx } from "../cx.ts";

const WIDTHS = [cx("w-2/3"), cx("w-1/2"), cx("w-3/4")];

/** Where messages will be. For waits of more than 300 ms; `lines` messages high. */
export function MessageSkeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div class="glow flex flex-col gap-4 px-4 py-3" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <div class="flex gap-3" key={line}>
          <div class="size-9 shrink-0 rounded-full bg-hover" />
          <div class="flex grow flex-col gap-2 pt-1">
            <div class="h-3 w-24 rounded-full bg-hover" />
            <div class={cx("h-3 rounded-full bg-hover", WIDTHS[line % WIDTHS.length])} />
          </div>
        </div>
      ))}
    </div>
  );
}
