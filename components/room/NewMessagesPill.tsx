import { Icon } from "../ui/Icon.tsx";
import type { NewMessagesPillProps } from "./props.ts";

/** Floats over the end of the list while there is more below than is on screen. */
export function NewMessagesPill({ count, onClick }: NewMessagesPillProps) {
  if (count === 0) return null;
  return (
    <div class="pointer-events-none absolute inset-x-0 bottom-2 z-20 flex justify-center">
      <button
        type="button"
        onClick={onClick}
        class="pointer-events-auto flex min-h-[44px] items-center gap-2 rounded-full bg-accent px-4 font-bold text-accent-ink shadow hover:bg-accent-hover"
      >
        <Icon name="down" class="size-4" />
        <span class="tabular-nums">{count === 1 ? "1 new message" : `${count} new messages`}</span>
      </button>
    </div>
  );
}
