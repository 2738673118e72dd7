import { cx } from "../cx.ts";
import type { ComponentChildren } from "preact";
import { IconButton } from "../ui/IconButton.tsx";

export interface SideHeadProps {
  title: string;
  /** What can be shown in its place. */
  other?: { label: string; onClick: () => void };
  /** What it does is named after it. */
  closeLabel: string;
  closeHref: string;
  onClose?: () => void;
  children?: ComponentChildren;
}

/** Above the right panel: what it shows, what else it can show, and the way out. */
export function SideHead({ title, other, closeLabel, closeHref, onClose, children }: SideHeadProps) {
  return (
    <div class="flex h-14 shrink-0 items-center gap-2 border-b border-line ps-4 pe-1.5">
      <h2 class="shrink-0 font-bold">{title}</h2>
      {other && (
        <button
          type="button"
          class="min-h-[32px] rounded px-2 text-sm font-bold text-soft hover:bg-hover hover:text-ink no-hover:min-h-[44px]"
          onClick={other.onClick}
        >
          {other.label}
        </button>
      )}
      <span class="grow" />
      {children}
      <IconButton
        icon="close"
        label={closeLabel}
        href={closeHref}
        onClick={onClose}
        class={cx(!onClose && "lg:hidden")}
      />
    </div>
  );
}
