import type { Viewer } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import { guestHref, isHere, LOUNGES_HREF } from "../links.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Badge } from "../ui/Badge.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Logo } from "../ui/Logo.tsx";
import { Name } from "../ui/Name.tsx";
import type { ShellProps } from "./Shell.tsx";

function SignedIn({ viewer, signOut }: { viewer: Viewer; signOut?: ShellProps["signOut"] }) {
  return (
    <div class="flex min-w-0 items-center gap-2">
      <Avatar name={viewer.name} />
      <Name class="font-bold">{viewer.name}</Name>
      {viewer.tier === "guest" && <Badge>guest</Badge>}
      {signOut && (
        <form method="post" action={signOut.action}>
          <input type="hidden" name="csrf" value={signOut.csrf} />
          <button
            type="submit"
            class="inline-flex size-11 items-center justify-center rounded text-soft hover:bg-hover hover:text-ink"
            aria-label="Leave"
            title="Leave"
          >
            <Icon name="leave" class="size-5 mirrored" />
          </button>
        </form>
      )}
    </div>
  );
}

/** Logo, navigation, and who I am or the way in. */
export function SiteHeader({ viewer, path, signOut }: Omit<ShellProps, "children">) {
  // The landing page and the form have the way in themselves.
  const hasOwnDoor = path === "/" || path === "/guest";
  const here = isHere(path, LOUNGES_HREF);
  return (
    <header class="border-b border-line">
      <div class="mx-auto flex h-16 max-w-page items-center gap-6 px-4 md:px-6">
        <a href="/" class="block rounded" aria-label="Parley, home">
          <Logo />
        </a>
        <nav aria-label="Main" class="hidden grow md:block">
          <a
            href={LOUNGES_HREF}
            aria-current={here ? "page" : undefined}
            class={cx(
              "inline-flex min-h-[44px] items-center rounded px-3 font-bold hover:bg-hover",
              here && "text-accent-text",
            )}
          >
            Lounges
          </a>
        </nav>
        <div class="ms-auto min-w-0">
          {viewer
            ? <SignedIn viewer={viewer} signOut={signOut} />
            : !hasOwnDoor && <ButtonLink href={guestHref(path)}>Enter as a guest</ButtonLink>}
        </div>
      </div>
    </header>
  );
}
