import { cx } from "../cx.ts";
import { Icon } from "../ui/Icon.tsx";

/** Chooses files. A label for a face, so that the field itself keeps its keyboard and its name. */
export function AttachButton({ disabled, onFiles }: { disabled: boolean; onFiles: (files: File[]) => void }) {
  return (
    <label
      class={cx(
        "frame m-1 inline-flex size-11 shrink-0 items-center justify-center rounded border border-transparent text-soft",
        disabled ? "opacity-50" : "cursor-pointer hover:bg-hover hover:text-ink",
      )}
      title="Attach files"
    >
      <Icon name="attach" />
      <input
        type="file"
        multiple
        class="sr-only"
        aria-label="Attach files"
        disabled={disabled}
        onChange={(event) => {
          onFiles([...event.currentTarget.files ?? []]);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}
