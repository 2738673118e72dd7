import { cx } from "../../cx.ts";
import { Icon } from "../../ui/Icon.tsx";
import type { Attaching, ComposerMode, ComposerProps } from "../props.ts";
import { NEAR_LIMIT } from "./Counter.tsx";

export interface WritingRowProps extends ComposerProps {
  mode: ComposerMode;
  value: string;
  /** Characters that may still be written. */
  left: number;
  /** Left out while a message is being changed: its files stay what they are. */
  files?: Attaching;
}

function SendButton({ label, disabled }: { label: string; disabled?: boolean }) {
  return (
    <button
      type="submit"
      class="m-1 inline-flex size-11 shrink-0 items-center justify-center rounded bg-accent text-accent-ink hover:bg-accent-hover disabled:opacity-50"
      disabled={disabled}
      aria-label={label}
      title={label}
    >
      <Icon name="send" class="size-5 mirrored" />
    </button>
  );
}

/** The message field and the buttons beside it. */
export function WritingRow(props: WritingRowProps) {
  const { room, roomName, mode, value, left, files, onInput } = props;
  // Where no script takes them, files are a line of their own: the browser says there which were chosen.
  const byForm = files?.button !== undefined && !files.onFiles;
  const besideButton = files?.button !== undefined && !byForm;
  return (
    <div class={cx("flex items-end", byForm ? "flex-wrap" : "no-script:flex-wrap")}>
      {files?.button}
      <label for="message" class="sr-only">Message to {roomName}</label>
      <div class="grow-frame min-w-0 grow" data-value={value}>
        <textarea
          ref={props.inputRef}
          id="message"
          name="body"
          class={cx("grows block w-full py-3.5 pe-4", besideButton ? "ps-1 no-script:ps-4" : "ps-4")}
          rows={1}
          required={!files?.button}
          dir={value === "" ? room.dir : "auto"}
          placeholder={`Message ${roomName}`}
          value={value}
          onInput={onInput && ((event) => onInput(event.currentTarget.value))}
          onKeyDown={props.onKeyDown}
          onPaste={files?.onPaste}
          aria-describedby={left <= NEAR_LIMIT ? "characters-left" : undefined}
        />
      </div>
      {props.helping?.button}
      <SendButton
        label={mode.kind === "edit" ? "Save" : "Send"}
        disabled={props.disabled || left < 0}
      />
    </div>
  );
}
