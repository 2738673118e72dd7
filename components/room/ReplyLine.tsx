import type { MessageId } from "../../lib/protocol/ids.ts";
import { wordsOf } from "../../lib/protocol/message_words.ts";
import type { Emoji } from "../../lib/protocol/markdown/plain_text.ts";
import { Icon } from "../ui/Icon.tsx";
import type { ViewMessage } from "./props.ts";

export interface ReplyLineProps {
  to: MessageId;
  /** The message that is answered, when it is at hand. */
  message?: ViewMessage;
  /** It stands on this page. */
  here: boolean;
  emoji?: Emoji;
  /** The reader has blocked its author: neither name nor words are shown. */
  folded: boolean;
  onJumpTo?: (id: MessageId) => void;
}

/** One line that says what is answered, and leads there. */
export function ReplyLine({ to, message, here, emoji, folded, onJumpTo }: ReplyLineProps) {
  const jump = onJumpTo && ((event: Event) => {
    event.preventDefault();
    onJumpTo(to);
  });
  const words = folded
    ? "a message from somebody you blocked"
    : !message
    ? "an earlier message"
    : message.deletedAt
    ? "a deleted message"
    : undefined;
  return (
    <a
      href={here ? `#m-${to}` : `?m=${to}`}
      onClick={jump}
      class="ring-inside flex min-h-[24px] max-w-full items-center gap-1.5 rounded-sm text-sm text-soft hover:text-ink"
    >
      <Icon name="reply" class="size-4 mirrored" />
      <span class="sr-only">In answer to</span>
      {!folded && message?.author && <bdi class="shrink-0 font-bold">{message.author.name}</bdi>}
      {words
        ? <span dir="ltr">{words}</span>
        : <span class="min-w-0 truncate" dir="auto">{message && wordsOf(message, emoji).text}</span>}
    </a>
  );
}
