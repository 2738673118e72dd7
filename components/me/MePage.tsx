import type { ComponentChildren } from "preact";
import { cx } from "../cx.ts";
import { isHere, ME_HREF } from "../links.ts";
import { Page } from "../layout/Page.tsx";
import { FormNotice } from "../ui/Form.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";

const ROOMS: { href: string; label: string; icon: IconName }[] = [
  { href: ME_HREF, label: "Profile", icon: "user" },
  { href: `${ME_HREF}/security`, label: "Security", icon: "shield" },
  { href: `${ME_HREF}/sessions`, label: "Devices", icon: "devices" },
  { href: `${ME_HREF}/notifications`, label: "Notifications", icon: "bell" },
  { href: `${ME_HREF}/blocks`, label: "Blocked people", icon: "ban" },
  { href: `${ME_HREF}/data`, label: "My data", icon: "download" },
];

export interface MePageProps {
  path: string;
  title: string;
  lead?: ComponentChildren;
  /** Something that was just done. */
  notice?: string;
  children: ComponentChildren;
}

/** `/me/*`: the account's pages, with the way from one to the next. */
export function MePage({ path, title, lead, notice, children }: MePageProps) {
  return (
    <div class="md:grid md:grid-cols-[13rem_minmax(0,1fr)] md:gap-x-10">
      <nav aria-label="Your account" class="pt-6 md:pt-12">
        <ul class="flex flex-wrap gap-1 md:flex-col">
          {ROOMS.map(({ href, label, icon }) => {
            const here = href === ME_HREF ? path === href : isHere(path, href);
            return (
              <li key={href}>
                <a
                  href={href}
                  aria-current={here ? "page" : undefined}
                  class={cx(
                    "flex min-h-[44px] items-center gap-2 rounded px-3 font-bold",
                    here ? "bg-accent-soft text-accent-text" : "text-soft hover:bg-hover hover:text-ink",
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
      <div class="min-w-0 max-w-[42rem]">
        <Page title={title} lead={lead}>
          <div class="flex flex-col gap-5">
            <FormNotice text={notice} />
            {children}
          </div>
        </Page>
      </div>
    </div>
  );
}
