import { wordsOf } from "../../../lib/protocol/message_words.ts";
import { Icon } from "../../ui/Icon.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import type { ComposerMode } from "../props.ts";

/** Says that what is written answers or changes a message, and how to leave that. */
export function ModeBar({ mode, onCancel }: { mode: ComposerMode; onCancel?: () => void }) {
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
        <span class="min-w-0 truncate" dir="auto">
          {wordsOf(message).text}
        </span>
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
