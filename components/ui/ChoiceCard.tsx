import type { ComponentChildren } from "preact";

export interface ChoiceCardProps {
  type?: "radio" | "checkbox";
  name: string;
  value: string;
  title: ComponentChildren;
  text?: string;
  checked?: boolean;
  required?: boolean;
  /** Id of the error that belongs to the group. */
  describedBy?: string;
}

/** A radio button or checkbox that is a whole card: a large target that says what it means. */
export function ChoiceCard({ type = "radio", describedBy, title, text, ...input }: ChoiceCardProps) {
  return (
    <label class="frame eased flex cursor-pointer gap-3 rounded border border-strong bg-raised p-3 hover:bg-hover">
      <input {...input} type={type} class="size-5 mt-0.5 shrink-0" aria-describedby={describedBy} />
      <span>
        <span class="block font-bold">{title}</span>
        {text && <span class="block text-sm text-soft">{text}</span>}
      </span>
    </label>
  );
}
