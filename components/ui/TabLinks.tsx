import { cx } from "../cx.ts";
import { Icon, type IconName } from "./Icon.tsx";

export interface Tab {
  href: string;
  label: string;
  icon?: IconName;
  current: boolean;
}

/** Doors side by side, of which one stands open. Links: each is a page of its own. */
export function TabLinks({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label}>
      <ul class="flex gap-1 rounded bg-sunken p-1">
        {tabs.map(({ href, label, icon, current }) => (
          <li key={href} class="grow basis-0">
            <a
              href={href}
              aria-current={current ? "page" : undefined}
              class={cx(
                "flex min-h-[44px] items-center justify-center gap-2 rounded px-3 text-center font-bold",
                current ? "bg-raised text-ink shadow" : "text-soft hover:bg-hover hover:text-ink",
              )}
            >
              {icon && <Icon name={icon} />}
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
