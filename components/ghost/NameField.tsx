import { NICKNAME_MAX, NICKNAME_MIN } from "../../lib/protocol/limits.ts";
import { cx } from "../cx.ts";

export interface NameFieldProps {
  value: string;
  /** What is wrong with it. */
  error?: string;
  onInput: (name: string) => void;
}

const RULE = `${NICKNAME_MIN} to ${NICKNAME_MAX} letters, digits, spaces, dots or dashes.`;

/** The name to go in by. `ui/Field` does more than this page needs, and the page is kept small. */
export function NameField({ value, error, onInput }: NameFieldProps) {
  return (
    <div>
      <label for="nickname" class="block font-bold">Your name in there</label>
      <p id="nickname-hint" class="text-sm text-soft">{RULE}</p>
      <div class={cx("frame eased mt-1.5 rounded border bg-raised", error ? "border-bad" : "border-strong")}>
        <input
          id="nickname"
          class="block w-full min-h-[44px] rounded px-3"
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
          required
          maxLength={NICKNAME_MAX * 2}
          autocomplete="off"
          autocapitalize="words"
          spellcheck={false}
          dir="auto"
          aria-invalid={error ? "true" : undefined}
          aria-describedby="nickname-hint nickname-error"
        />
      </div>
      <Trouble id="nickname-error" text={error} />
    </div>
  );
}

/** What is wrong; read out as soon as it is there. */
export function Trouble({ id, text }: { id?: string; text?: string }) {
  return <p id={id} role="alert" class={cx("text-sm font-semibold text-bad", text && "mt-1.5")}>{text}</p>;
}
