import { isSticker } from "../../lib/protocol/stickers.ts";
import { cx } from "../cx.ts";
import { type Known, Markdown } from "../markdown/Markdown.tsx";
import { StickerImage } from "../stickers/StickerImage.tsx";
import type { MessageActions, ViewMessage } from "./props.ts";

export interface MessageBodyProps {
  message: ViewMessage;
  known: Known;
  /** Shows what it said before it was edited: to those who may see that. */
  onHistory?: MessageActions["onHistory"];
}

function Edited({ message, onHistory }: Omit<MessageBodyProps, "known">) {
  const looks = cx("ms-1.5 text-xs text-soft");
  if (!onHistory) return <span class={looks} dir="ltr">(edited)</span>;
  return (
    <button
      type="button"
      class={cx(looks, "rounded-sm underline hover:text-ink no-hover:min-h-[24px]")}
      dir="ltr"
      title="What it said before"
      onClick={() => onHistory(message)}
    >
      (edited)
    </button>
  );
}

/** The words themselves, a sticker, or the quiet trace of what was there. */
export function MessageBody({ message, known, onHistory }: MessageBodyProps) {
  const { kind, body, deletedAt, editedAt, pending } = message;
  if (deletedAt) {
    return (
      <p class="text-sm italic text-soft">
        <span dir="ltr">This message was deleted.</span>
      </p>
    );
  }
  if (kind === "STICKER" && isSticker(body)) {
    return (
      <div class={cx("py-1", pending && "opacity-50")}>
        <StickerImage id={body} />
      </div>
    );
  }
  const end = editedAt && <Edited message={message} onHistory={onHistory} />;
  return <Markdown text={body} known={known} class={cx(pending && "text-soft")} end={end} />;
}
