import { MESSAGE_MAX_CHARACTERS } from "../../lib/protocol/limits.ts";
import { cx } from "../cx.ts";
import { Icon } from "../ui/Icon.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import type { Attaching, ComposerMode, ComposerProps } from "./props.ts";

/** The counter shows from here on. */
const NEAR_LIMIT = 200;

/** Characters that may still be written, as people count them; negative when there are too many. */
export function charactersLeft(value: string): number {
  return MESSAGE_MAX_CHARACTERS - [...value].length;
}

/** Says that what is written answers or changes a message, and how to leave that. */
function ModeBar({ mode, onCancel }: { mode: ComposerMode; onCancel?: () => void }) {
  if (mode.kind === "new") return null;
  const message = mode.kind === "reply" ? mode.to : mode.message;
  return (
    <div class="flex items-center gap-2 border-b border-line ps-3 text-sm text-soft" dir="ltr">
      <Icon name={mode.kind} class="size-4" />
      <p class="flex min-w-0 grow items-center gap-1.5">
        {mode.kind === "edit"
          ? <span class="shrink-0 font-bold text-ink">Editing</span>
          : (
            <span class="shrink-0">
              Answering <bdi class="font-bold text-ink">{message.author?.name}</bdi>
            </span>
          )}
        <span class="min-w-0 truncate" dir="auto">{message.body}</span>
      </p>
      {onCancel && (
        <IconButton
          icon="close"
          label={mode.kind === "edit" ? "Stop editing" : "Stop answering"}
          onClick={onCancel}
        />
      )}
    </div>
  );
}

function Counter({ left }: { left: number }) {
  if (left > NEAR_LIMIT) return null;
  return (
    <p
      class={cx("px-1 pt-1 text-end text-xs tabular-nums", left < 0 ? "font-bold text-bad" : "text-soft")}
      dir="ltr"
    >
      {left < 0 ? `${-left} too many` : `${left} left`}
    </p>
  );
}

/** Files that are pasted or dropped on the field go along; what is no file stays what it is. */
function take(event: Event, from: DataTransfer | null, { onFiles }: Attaching): void {
  const files = [...from?.files ?? []];
  if (files.length === 0) return;
  event.preventDefault();
  onFiles(files);
}

/** Where messages are written. A real form: without JavaScript it posts, with it the island takes the submit. */
export function Composer(props: ComposerProps) {
  const { room, roomName, mode = { kind: "new" }, value = "", onInput } = props;
  const left = charactersLeft(value);
  const files = mode.kind === "edit" ? undefined : props.attaching;
  return (
    <form
      ref={props.formRef}
      method="post"
      action={props.action}
      onSubmit={props.onSubmit}
      onDragOver={files && ((event) => event.preventDefault())}
      onDrop={files && ((event) => take(event, event.dataTransfer, files))}
      class="shrink-0 px-3 pb-3 md:px-4"
      id="composer"
    >
      <input type="hidden" name="csrf" value={props.csrf} />
      <input type="hidden" name="clientId" value={props.clientId} />
      {mode.kind === "reply" && <input type="hidden" name="replyTo" value={mode.to.id} />}
      <div role="status">
        {props.notice && <p class="px-1 pb-1.5 text-sm font-semibold text-bad">{props.notice}</p>}
      </div>
      <div class="frame eased rounded-lg border border-strong bg-raised" dir={room.dir} lang={room.language}>
        <ModeBar mode={mode} onCancel={props.onCancel} />
        {files?.tray}
        <div class="flex items-end">
          {files?.button}
          <label for="message" class="sr-only">Message to {roomName}</label>
          <div class="grow-frame min-w-0 grow" data-value={value}>
            <textarea
              ref={props.inputRef}
              id="message"
              name="body"
              class={cx("grows block w-full py-3.5", files ? "ps-1 pe-4" : "px-4")}
              rows={1}
              required={!files || files.ready.length === 0}
              dir={value === "" ? room.dir : "auto"}
              placeholder={`Message ${roomName}`}
              value={value}
              onInput={onInput && ((event) => onInput(event.currentTarget.value))}
              onKeyDown={props.onKeyDown}
              onPaste={files && ((event) => take(event, event.clipboardData, files))}
              aria-describedby={left <= NEAR_LIMIT ? "characters-left" : undefined}
            />
          </div>
          <button
            type="submit"
            class="m-1 inline-flex size-11 shrink-0 items-center justify-center rounded bg-accent text-accent-ink hover:bg-accent-hover disabled:opacity-50"
            disabled={props.disabled || left < 0 || files?.busy}
            aria-label={mode.kind === "edit" ? "Save" : "Send"}
            title={mode.kind === "edit" ? "Save" : "Send"}
          >
            <Icon name="send" class="size-5 mirrored" />
          </button>
        </div>
      </div>
      <div id="characters-left">
        <Counter left={left} />
      </div>
    </form>
  );
}
