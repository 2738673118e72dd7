import type { Ref } from "preact";
import { cx } from "../../cx.ts";
import { Icon } from "../../ui/Icon.tsx";

export interface EmojiButtonProps {
  label: string;
  expanded: boolean;
  /** Null as long as nothing is behind it: then it only keeps its place. */
  onClick: (() => void) | null;
  buttonRef: Ref<HTMLButtonElement>;
}

/** Opens the picker. */
export function EmojiButton({ label, expanded, onClick, buttonRef }: EmojiButtonProps) {
  return (
    <button
      ref={buttonRef}
      type="button"
      class={cx(
        "my-1 inline-flex size-11 shrink-0 items-center justify-center rounded text-soft hover:bg-hover hover:text-ink",
        !onClick && "invisible",
      )}
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      onClick={onClick ?? undefined}
    >
      <Icon name="smile" class="size-5" />
    </button>
  );
}
