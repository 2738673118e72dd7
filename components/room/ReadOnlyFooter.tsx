import { cx } from "../cx.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { ReadOnlyFooterProps } from "./props.ts";

/** Where the composer would be, when nothing can be said: why, and where to go from here. */
export function ReadOnlyFooter({ icon, children, door, news }: ReadOnlyFooterProps) {
  return (
    <div
      id="composer"
      role={news ? "alert" : undefined}
      class="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-t border-line bg-raised px-4 py-3"
    >
      <p class={cx("flex min-h-[44px] items-center gap-2", news ? "font-semibold" : "text-soft")}>
        {icon && <Icon name={icon} class="size-4" />}
        <span>{children}</span>
      </p>
      {door && (
        <ButtonLink kind={door.kind} icon={door.icon} href={door.href}>
          {door.label}
        </ButtonLink>
      )}
    </div>
  );
}
