import type { ComponentChildren } from "preact";
import { cx } from "../cx.ts";
import { Banner } from "./Banner.tsx";

/** What is wrong with the whole of a form; read out at once. */
export function FormError({ text }: { text?: string }) {
  if (!text) return null;
  return (
    <div role="alert" class="overflow-hidden rounded">
      <Banner tone="bad" icon="alert">
        <span>{text}</span>
      </Banner>
    </div>
  );
}

/** That something was done. */
export function FormNotice({ text }: { text?: string }) {
  if (!text) return null;
  return (
    <div role="status" class="overflow-hidden rounded">
      <Banner tone="good" icon="check">
        <span>{text}</span>
      </Banner>
    </div>
  );
}

export interface FormProps {
  action: string;
  csrf: string;
  /** What is wrong with the whole: too many tries, an old form. */
  error?: string;
  /** Fields that nobody fills in; those without a value are left out. */
  hidden?: Record<string, string | undefined>;
  /** It carries a file. */
  multipart?: boolean;
  /** A row of fields and buttons instead of a column. */
  inline?: boolean;
  children: ComponentChildren;
}

/** A plain form that proves it is ours. Works without JavaScript. */
export function Form({ action, csrf, error, hidden = {}, multipart, inline, children }: FormProps) {
  return (
    <form
      method="post"
      action={action}
      encType={multipart ? "multipart/form-data" : undefined}
      class={inline ? cx("flex flex-wrap items-center gap-3") : cx("flex flex-col gap-5")}
    >
      <input type="hidden" name="csrf" value={csrf} />
      {Object.entries(hidden).map(([name, value]) =>
        value !== undefined && <input key={name} type="hidden" name={name} value={value} />
      )}
      <FormError text={error} />
      {children}
    </form>
  );
}
