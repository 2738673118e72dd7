import { useEffect, useRef, useState } from "preact/hooks";
import { isTouch } from "../../../lib/client/page.ts";
import { MESSAGE_MAX_CHARACTERS } from "../../../lib/protocol/limits.ts";
import { IconButton } from "../../ui/IconButton.tsx";

/** A field for an answer: Enter sends, Shift+Enter breaks; where the keyboard is on the screen, the button sends. */
export function ThreadReply({ onSend }: { onSend: (body: string) => void }) {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!isTouch()) field.current?.focus();
  }, []);
  const over = [...text].length - MESSAGE_MAX_CHARACTERS;
  const send = () => {
    const body = text.trimEnd();
    if (body === "" || over > 0) return;
    setText("");
    onSend(body);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || isTouch()) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      class="safe-bottom shrink-0 border-t border-line"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="frame m-2 flex items-end gap-1 rounded border border-strong bg-raised">
        <textarea
          ref={field}
          class="grows block w-full min-w-0 grow bg-transparent px-3 py-2.5"
          rows={1}
          dir="auto"
          aria-label="Answer in this thread"
          placeholder="Answer…"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <IconButton icon="send" label="Send the answer" onClick={send} mirrored />
      </div>
      {over > 0 && <p class="px-3 pb-2 text-sm text-bad" role="status">{over} characters too many</p>}
    </form>
  );
}
