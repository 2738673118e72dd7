import type { MessageId } from "../../lib/protocol/ids.ts";
import { Icon } from "../ui/Icon.tsx";
import type { ViewMessage } from "./props.ts";

export interface ReplyLineProps {
  to: MessageId;
  /** The message that is answered, when it is at hand. */
  message?: ViewMessage;
  onJumpTo?: (id: MessageId) => void;
}

/** One line that says what is answered, and leads there. */
export function ReplyLine({ to, message, onJumpTo }: ReplyLineProps) {
  const jump = onJumpTo && ((event: Event) => {
    event.preventDefault();
    onJumpTo(to);
  });
  const words = !message ? "an earlier message" : message.deletedAt ? "a deleted message" : undefined;
  return (
    <a
      href={`#m-${to}`}
      onClick={jump}
      class="ring-inside flex max-w-full items-center gap-1.5 rounded-sm text-sm text-soft hover:text-ink"
    >
      <Icon name="reply" class="size-4 mirrored" />
      <span class="sr-only">In answer to</span>
      {message?.author && <bdi class="shrink-0 font-bold">{message.author.name}</bdi>}
      {words
        ? <span dir="ltr">{words}</span>
        : <span class="min-w-0 truncate" dir="auto">{message?.body}</span>}
    </a>
  );
}
