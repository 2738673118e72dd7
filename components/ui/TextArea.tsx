import type { JSX } from "preact";
import { cx } from "../cx.ts";
import { FieldError } from "./Field.tsx";

export interface TextAreaProps
  extends Omit<JSX.IntrinsicElements["textarea"], "class" | "label" | "id" | "name"> {
  name: string;
  label: string;
  hint?: string;
  error?: string;
}

/** A labelled text of several lines. Hint and error are tied to it for screen readers. */
export function TextArea({ name, label, hint, error, ...rest }: TextAreaProps) {
  const described = cx(hint && `${name}-hint`, error && `${name}-error`);
  return (
    <div>
      <label for={name} class="block font-bold">{label}</label>
      {hint && <p id={`${name}-hint`} class="text-sm text-soft">{hint}</p>}
      <div class={cx("frame eased mt-1.5 rounded border bg-raised", error ? "border-bad" : "border-strong")}>
        <textarea
          id={name}
          name={name}
          rows={4}
          {...rest}
          class="block w-full rounded px-3 py-2"
          aria-invalid={error ? "true" : undefined}
          aria-describedby={described || undefined}
        />
      </div>
      <FieldError id={`${name}-error`} text={error} />
    </div>
  );
}
