/** Writing into the message field as if somebody typed it: whoever listens to the field hears it. */
import type { Edit } from "../../../lib/client/emoji/completion.ts";

/** Replaces what the field says, and puts the caret (as in `selectionStart`) where it belongs then. */
export function rewrite(field: HTMLTextAreaElement, { text, caret }: Edit): void {
  field.value = text;
  field.setSelectionRange(caret, caret);
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Puts words where the caret is, or was when the field had the focus, in place of what is selected there. */
export function insertAtCaret(field: HTMLTextAreaElement, words: string): void {
  const { value, selectionStart, selectionEnd } = field;
  const text = value.slice(0, selectionStart) + words + value.slice(selectionEnd);
  rewrite(field, { text, caret: selectionStart + words.length });
}
