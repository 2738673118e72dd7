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
  label: string;
  hint?: string;
  error?: string;
}

/** A labelled line of text. Hint and error are tied to it for screen readers. */
export function Field({ name, label, hint, error, ...rest }: FieldProps) {
  const described = cx(hint && `${name}-hint`, error && `${name}-error`);
  return (
    <div>
      <label for={name} class="block font-bold">{label}</label>
      {hint && <p id={`${name}-hint`} class="text-sm text-soft">{hint}</p>}
      <div class={cx("frame eased mt-1.5 rounded border bg-raised", error ? "border-bad" : "border-strong")}>
        <input
          id={name}
          name={name}
          {...rest}
          class="block w-full min-h-[44px] rounded px-3"
          aria-invalid={error ? "true" : undefined}
          aria-describedby={described || undefined}
        />
      </div>
      <FieldError id={`${name}-error`} text={error} />
    </div>
  );
}
