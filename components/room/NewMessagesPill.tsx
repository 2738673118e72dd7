import { Icon } from "../ui/Icon.tsx";
import type { NewMessagesPillProps } from "./props.ts";

function words(count: number): string {
  if (count === 0) return "Newest messages";
  return count === 1 ? "1 new message" : `${count} new messages`;
}

/** Floats over the end of the list while there is news below what is on screen, or the end is far. */
export function NewMessagesPill({ count, far, onClick }: NewMessagesPillProps) {
  if (count === 0 && !far) return null;
  return (
    <div class="pointer-events-none absolute inset-x-0 bottom-2 z-20 flex justify-center">
      <button
        type="button"
        onClick={onClick}
        class="pointer-events-auto flex min-h-[44px] items-center gap-2 rounded-full bg-accent px-4 font-bold text-accent-ink shadow hover:bg-accent-hover"
      >
        <Icon name="down" class="size-4" />
        <span class="tabular-nums">{words(count)}</span>
      </button>
    </div>
  );
}
