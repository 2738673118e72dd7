import { cx } from "../cx.ts";
import { IconButton } from "../ui/IconButton.tsx";
import type { MessageActions, ViewMessage } from "./props.ts";

export interface MessageToolbarProps {
  message: ViewMessage;
  own: boolean;
  /** The reader has blocked its author. */
  blocked: boolean;
  actions: MessageActions;
}

/**
 * What can be done with a message: shown on hover, on focus within it, and on a phone after a tap on it. Until it
 * shows it takes no clicks, so that a tap on a message never hits a button nobody saw.
 */
export function MessageToolbar({ message, own, blocked, actions }: MessageToolbarProps) {
  const { onReply, onEdit, onDelete, onBlock } = actions;
  const mine = own && (onEdit || onDelete);
  if (message.deletedAt || message.pending || message.failed || (!onReply && !mine)) return null;
  return (
    <div
      class={cx(
        "absolute -top-4 end-2 z-10 flex rounded border border-line bg-raised shadow eased opacity-0 pointer-events-none",
        "has-hover:group-hover:opacity-100 has-hover:group-hover:pointer-events-auto",
        "group-focus-within:opacity-100 group-focus-within:pointer-events-auto",
      )}
      role="group"
      aria-label="What to do with this message"
    >
      {onReply && <IconButton small icon="reply" label="Reply" onClick={() => onReply(message)} />}
      {!own && !blocked && onBlock && (
        <IconButton
          small
          icon="block"
          label={`Block ${message.author?.name}`}
          onClick={() => onBlock(message)}
        />
      )}
      {own && onEdit && <IconButton small icon="edit" label="Edit" onClick={() => onEdit(message)} />}
      {own && onDelete && <IconButton small icon="delete" label="Delete" onClick={() => onDelete(message)} />}
    </div>
  );
}
