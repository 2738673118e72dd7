import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { MessageActions, ViewMessage } from "./props.ts";

/** Why a message did not go, and the two ways out. */
export function FailedNotice({ message, actions }: { message: ViewMessage; actions?: MessageActions }) {
  return (
    <div class="mt-1 flex flex-wrap items-center gap-2" dir="ltr">
      <p class="flex items-center gap-1.5 text-sm font-semibold text-bad">
        <Icon name="alert" class="size-4" />
        <span>Not sent. {message.failed}</span>
      </p>
      {actions?.onRetry && (
        <Button size="small" icon="retry" onClick={() => actions.onRetry!(message)}>Retry</Button>
      )}
      {actions?.onDiscard && (
        <Button size="small" kind="quiet" onClick={() => actions.onDiscard!(message)}>Discard</Button>
      )}
    </div>
  );
}

/** Deleting is asked once. */
export function DeleteQuestion({ message, actions }: { message: ViewMessage; actions?: MessageActions }) {
  return (
    <div
      class="mt-2 flex flex-wrap items-center gap-2 rounded border border-line bg-raised p-2"
      dir="ltr"
      role="group"
      aria-label="Delete this message?"
    >
      <p class="grow ps-1 text-sm font-semibold">Delete this message for everybody?</p>
      <Button size="small" kind="danger" onClick={() => actions?.onDeleteConfirm?.(message)}>Delete</Button>
      <Button size="small" kind="quiet" onClick={() => actions?.onDeleteCancel?.()}>Keep it</Button>
    </div>
  );
}
