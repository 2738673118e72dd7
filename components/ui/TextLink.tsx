import type { ComponentChildren } from "preact";
import { cx } from "../cx.ts";

/** A link among words, tall enough for a thumb where it stands alone. */
export function TextLink(
  { href, alone, children }: { href: string; alone?: boolean; children: ComponentChildren },
) {
  return (
    <a
      href={href}
      class={cx(
        "rounded font-semibold text-accent-text underline",
        alone && "inline-flex min-h-[44px] items-center",
      )}
    >
      {children}
    </a>
  );
}
