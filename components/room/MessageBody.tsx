import { cx } from "../cx.ts";
import { partsOf } from "./links_in_text.ts";
import type { ViewMessage } from "./props.ts";

/** The words themselves, in their own direction, or the quiet trace of what was there. */
export function MessageBody({ message }: { message: ViewMessage }) {
  if (message.deletedAt) {
    return (
      <p class="text-sm italic text-soft">
        <span dir="ltr">This message was deleted.</span>
      </p>
    );
  }
  return (
    <div class={cx("words max-w-words", message.pending && "text-soft")} dir="auto">
      {partsOf(message.body).map(({ text, href }, place) =>
        href
          ? (
            <a key={place} href={href} dir="ltr" target="_blank" rel="noopener noreferrer nofollow ugc">
              {text}
            </a>
          )
          : text
      )}
      {message.editedAt && <span class="ms-1.5 text-xs text-soft" dir="ltr">(edited)</span>}
    </div>
  );
}
