import type { ComponentChildren } from "preact";
import { Lantern } from "./Logo.tsx";

export interface EmptyStateProps {
  title: string;
  /** What to do first. */
  text?: ComponentChildren;
  children?: ComponentChildren;
}

/** Stands where a list has nothing yet, and says what to do first. */
export function EmptyState({ title, text, children }: EmptyStateProps) {
  return (
    <div class="mx-auto flex max-w-form flex-col items-center gap-3 px-6 py-10 text-center">
      <Lantern class="size-12" />
      <p class="text-lg font-bold">{title}</p>
      {text && <p class="text-soft">{text}</p>}
      {children}
    </div>
  );
}
