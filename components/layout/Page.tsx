import type { ComponentChildren } from "preact";

export interface PageProps {
  title: string;
  /** One or two sentences under the title. */
  lead?: ComponentChildren;
  /** Forms and errors keep to a narrow column. */
  narrow?: boolean;
  children: ComponentChildren;
}

/** A page's heading and what follows it. */
export function Page({ title, lead, narrow, children }: PageProps) {
  return (
    <div class={narrow ? "mx-auto w-full max-w-form" : undefined}>
      <div class="pt-8 pb-6 md:pt-12">
        <h1 class="text-2xl font-extrabold tracking-tight">{title}</h1>
        {lead && <p class="mt-2 max-w-words text-soft">{lead}</p>}
      </div>
      {children}
    </div>
  );
}
