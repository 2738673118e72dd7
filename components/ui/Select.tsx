import type { JSX } from "preact";
import { cx } from "../cx.ts";
import { FieldError } from "./Field.tsx";

export interface Option {
  value: string;
  label: string;
}

export interface SelectProps
  extends Omit<JSX.IntrinsicElements["select"], "class" | "label" | "id" | "name" | "value"> {
  name: string;
  /** Where two forms of a page have a field of the same name. */
  id?: string;
  label: string;
  hint?: string;
  error?: string;
  options: Option[];
  value?: string;
}

/** A labelled choice of one among several. Hint and error are tied to it for screen readers. */
export function Select({ name, id = name, label, hint, error, options, value, ...rest }: SelectProps) {
  const described = cx(hint && `${id}-hint`, error && `${id}-error`);
  return (
    <div class="min-w-0">
      <label for={id} class="block font-bold">{label}</label>
      {hint && <p id={`${id}-hint`} class="text-sm text-soft">{hint}</p>}
      <div class={cx("frame eased mt-1.5 rounded border bg-raised", error ? "border-bad" : "border-strong")}>
        <select
          id={id}
          name={name}
          {...rest}
          class="block w-full min-h-[44px] rounded bg-raised px-3"
          aria-invalid={error ? "true" : undefined}
          aria-describedby={described || undefined}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
      <FieldError id={`${id}-error`} text={error} />
    </div>
  );
}
