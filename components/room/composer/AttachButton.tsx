import { useEffect, useRef } from "preact/hooks";
import { ATTACHMENTS_MAX } from "../../../lib/protocol/limits.ts";
import { cx } from "../../cx.ts";
import { Icon } from "../../ui/Icon.tsx";

export interface AttachButtonProps {
  disabled?: boolean;
  /** Without it the files go with the composer's form, and the browser shows which. */
  onFiles?: (files: File[]) => void;
}

/** Chooses files. A label for a face, so that the field itself keeps its keyboard and its name. */
export function AttachButton({ disabled, onFiles }: AttachButtonProps) {
  const field = useRef<HTMLInputElement>(null);
  const take = () => {
    const input = field.current;
    if (!input?.files?.length || !onFiles) return;
    onFiles([...input.files]);
    input.value = "";
  };
  // Somebody may have been quicker than the script.
  useEffect(take, []);
  const shown = onFiles ? cx("sr-only no-script:not-sr-only") : "";
  const line = onFiles ? cx("no-script:w-full no-script:justify-start no-script:px-2") : cx("w-full px-2");
  return (
    <label
      class={cx(
        "frame m-1 inline-flex h-11 min-w-[44px] shrink-0 items-center gap-2 rounded border border-transparent text-soft",
        onFiles && "justify-center",
        line,
        disabled ? "opacity-50" : "cursor-pointer hover:bg-hover hover:text-ink",
      )}
      title="Attach files"
    >
      <Icon name="attach" />
      <input
        ref={field}
        type="file"
        name="file"
        multiple
        class={cx("min-w-0 text-sm", shown)}
        aria-label={`Attach files, ${ATTACHMENTS_MAX} at most`}
        disabled={disabled}
        onChange={onFiles && take}
      />
    </label>
  );
}
