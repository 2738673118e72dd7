import type { Viewer } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import {
  DASHBOARD_HREF,
  guestHref,
  isHere,
  LOUNGES_HREF,
  ME_HREF,
  registerHref,
  SEARCH_HREF,
} from "../links.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";

interface Door {
  href: string;
  icon: IconName;
  label: string;
}

function doorsFor(viewer: Viewer | null): Door[] {
  const lounges: Door = { href: LOUNGES_HREF, icon: "lounges", label: "Lounges" };
  if (!viewer) {
    return [
      { href: "/", icon: "home", label: "Home" },
      lounges,
      { href: guestHref(), icon: "enter", label: "Enter" },
    ];
  }
  const me: Door = viewer.tier === "guest"
    ? { href: registerHref(), icon: "userPlus", label: "Keep my name" }
    : { href: ME_HREF, icon: "user", label: "Me" };
  const search: Door = { href: SEARCH_HREF, icon: "search", label: "Search" };
  return [{ href: DASHBOARD_HREF, icon: "dashboard", label: "Rooms" }, lounges, search, me];
}

/** A phone's navigation, in reach of the thumb. */
export function BottomBar({ viewer, path }: { viewer: Viewer | null; path: string }) {
  return (
    <nav
      aria-label="Main, at the bottom"
      class="safe-bottom sticky bottom-0 z-30 border-t border-line bg-raised md:hidden"
    >
      <ul class="flex">
        {doorsFor(viewer).map(({ href, icon, label }) => {
          const here = isHere(path, href.split("?")[0]!);
          return (
            <li key={href} class="grow basis-0">
              <a
                href={href}
                aria-current={here ? "page" : undefined}
                class={cx(
                  "ring-inside flex min-h-[56px] flex-col items-center justify-center gap-0.5 text-xs font-bold",
                  here ? "text-accent-text" : "text-soft",
                )}
              >
                <Icon name={icon} />
                {label}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
