import type { JSX } from "preact";
import { cx } from "../cx.ts";
import { Icon } from "./Icon.tsx";

/** What is wrong, beside where it is wrong. */
export function FieldError({ id, text }: { id: string; text?: string }) {
  if (!text) return null;
  return (
    <p id={id} class="mt-1.5 flex items-start gap-1.5 text-sm font-semibold text-bad">
      <Icon name="alert" class="size-4 mt-0.5" />
      <span>{text}</span>
    </p>
  );
}

export interface FieldProps extends Omit<JSX.IntrinsicElements["input"], "class" | "label" | "id" | "name"> {
  name: string;
  /** Where two forms of a page have a field of the same name. */
  id?: string;
  label: string;
  hint?: string;
  error?: string;
}

/** A labelled line of text. Hint and error are tied to it for screen readers. */
export function Field({ name, id = name, label, hint, error, ...rest }: FieldProps) {
  const described = cx(hint && `${id}-hint`, error && `${id}-error`);
  return (
    <div>
      <label for={id} class="block font-bold">{label}</label>
      {hint && <p id={`${id}-hint`} class="text-sm text-soft">{hint}</p>}
      <div class={cx("frame eased mt-1.5 rounded border bg-raised", error ? "border-bad" : "border-strong")}>
        <input
          id={id}
          name={name}
          {...rest}
          class="block w-full min-h-[44px] rounded px-3"
          aria-invalid={error ? "true" : undefined}
          aria-describedby={described || undefined}
        />
      </div>
      <FieldError id={`${id}-error`} text={error} />
    </div>
  );
}
