import type { ComponentChildren } from "preact";
import { mayAdminister } from "../../lib/protocol/permissions.ts";
import type { Viewer } from "../../lib/protocol/types.ts";
import { ADMIN_LOUNGES_HREF, DASHBOARD_HREF, ME_HREF, profileHref } from "../links.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Name } from "../ui/Name.tsx";
import type { ShellProps } from "./Shell.tsx";

function Door({ href, icon, children }: { href: string; icon: IconName; children: ComponentChildren }) {
  return (
    <li>
      <a
        href={href}
        class="ring-inside flex min-h-[44px] items-center gap-3 rounded px-3 hover:bg-hover"
      >
        <Icon name={icon} class="size-5 text-soft" />
        {children}
      </a>
    </li>
  );
}

/** The button that ends the session. A form: links must not change anything. */
export function LeaveForm({ action, csrf }: NonNullable<ShellProps["signOut"]>) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="csrf" value={csrf} />
      <button
        type="submit"
        class="ring-inside flex min-h-[44px] w-full items-center gap-3 rounded px-3 text-start hover:bg-hover"
      >
        <Icon name="leave" class="size-5 mirrored text-soft" />
        Sign out
      </button>
    </form>
  );
}

/** A member's name in the header, and behind it what is theirs. A fold: it needs no script. */
export function AccountMenu({ viewer, signOut }: { viewer: Viewer; signOut?: ShellProps["signOut"] }) {
  return (
    <details class="relative min-w-0">
      <summary class="flex min-h-[44px] min-w-0 items-center gap-2 rounded px-2 hover:bg-hover">
        <Avatar name={viewer.name} src={viewer.avatar} />
        <span class="sr-only">Your account:</span>
        <Name class="max-w-[10rem] font-bold">{viewer.name}</Name>
        <Icon name="chevron" class="size-4 text-soft" />
      </summary>
      <div class="absolute end-0 top-full z-40 mt-1 w-56 rounded border border-line bg-raised p-1 shadow">
        <ul>
          <Door href={DASHBOARD_HREF} icon="dashboard">Your rooms</Door>
          {viewer.username && <Door href={profileHref(viewer.username)} icon="user">Your page</Door>}
          <Door href={ME_HREF} icon="shield">Your account</Door>
          {mayAdminister(viewer) && (
            <Door href={ADMIN_LOUNGES_HREF} icon="settings">Lounges of the house</Door>
          )}
        </ul>
        {signOut && (
          <div class="mt-1 border-t border-line pt-1">
            <LeaveForm {...signOut} />
          </div>
        )}
      </div>
    </details>
  );
}
