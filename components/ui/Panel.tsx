import type { ComponentChildren } from "preact";
import { cx } from "../cx.ts";

export interface PanelProps {
  /** Names the section for links and screen readers. */
  id: string;
  title: ComponentChildren;
  /** One or two sentences under the title. */
  lead?: ComponentChildren;
  /** Stands at the title's end: a badge. */
  end?: ComponentChildren;
  /** Something that cannot be undone lives here. */
  grave?: boolean;
  children?: ComponentChildren;
}

/** One subject of a settings page, with its own heading. */
export function Panel({ id, title, lead, end, grave, children }: PanelProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      class={cx("rounded-lg border bg-raised p-4 md:p-6", grave ? "border-bad" : "border-line")}
    >
      <div class="flex flex-wrap items-center gap-3">
        <h2 id={`${id}-title`} class="text-lg font-extrabold tracking-tight">{title}</h2>
        {end}
      </div>
      {lead && <p class="mt-1 text-soft">{lead}</p>}
      {children && <div class="mt-4 flex flex-col gap-4">{children}</div>}
    </section>
  );
}
