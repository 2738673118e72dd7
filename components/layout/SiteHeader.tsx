import type { Viewer } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import {
  DASHBOARD_HREF,
  guestHref,
  isHere,
  loginHref,
  LOUNGES_HREF,
  registerHref,
  SEARCH_HREF,
} from "../links.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Badge } from "../ui/Badge.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Logo } from "../ui/Logo.tsx";
import { Name } from "../ui/Name.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import type { ShellProps } from "./Shell.tsx";

/** Pages that are a way in themselves need no other in their header. */
const DOORS = ["/login", "/register", "/verify-otp", "/forgot-password"];

/** A guest: no account to go to, so the button to leave stands open, and the way to keep the name. */
function GuestCorner({ viewer, path, signOut }: Omit<ShellProps, "children"> & { viewer: Viewer }) {
  return (
    <div class="flex min-w-0 items-center gap-2">
      <Avatar name={viewer.name} />
      <Name class="font-bold">{viewer.name}</Name>
      <Badge>guest</Badge>
      {!isHere(path, "/register") && (
        <span class="hidden shrink-0 md:block">
          <ButtonLink size="small" href={registerHref(path)}>Keep my name</ButtonLink>
        </span>
      )}
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

/** Nobody yet: sign in, register, or walk in as a guest. A phone has the guest's door in its bottom bar. */
function VisitorCorner({ path }: { path: string }) {
  // Doors lead on to where one was going; the page one is on now is not it.
  const back = DOORS.includes(path) || path === "/guest" || path === "/" ? undefined : path;
  return (
    <div class="flex items-center gap-2">
      {path !== "/login" && <ButtonLink kind="quiet" href={loginHref(back)}>Sign in</ButtonLink>}
      {path !== "/register" && (
        <span class="hidden sm:block">
          <ButtonLink href={registerHref(back)}>Create an account</ButtonLink>
        </span>
      )}
      {back && (
        <span class="hidden lg:block">
          <ButtonLink href={guestHref(back)}>Enter as a guest</ButtonLink>
        </span>
      )}
    </div>
  );
}

function Corner({ viewer, path, signOut }: Omit<ShellProps, "children">) {
  if (!viewer) return <VisitorCorner path={path} />;
  return viewer.tier === "guest"
    ? <GuestCorner viewer={viewer} path={path} signOut={signOut} />
    : <AccountMenu viewer={viewer} signOut={signOut} />;
}

/** Logo, navigation, and who I am or the way in. */
export function SiteHeader({ viewer, path, signOut }: Omit<ShellProps, "children">) {
  const doors = [
    ...(viewer ? [{ href: DASHBOARD_HREF, label: "Your rooms" }] : []),
    { href: LOUNGES_HREF, label: "Lounges" },
    ...(viewer ? [{ href: SEARCH_HREF, label: "Search" }] : []),
  ];
  return (
    <header class="border-b border-line">
      <div class="mx-auto flex h-16 max-w-page items-center gap-4 px-4 md:gap-6 md:px-6">
        <a href="/" class="block shrink-0 rounded" aria-label="Parley, home">
          <Logo />
        </a>
        <nav aria-label="Main" class="hidden grow md:block">
          {doors.map(({ href, label }) => {
            const here = isHere(path, href);
            return (
              <a
                key={href}
                href={href}
                aria-current={here ? "page" : undefined}
                class={cx(
                  "inline-flex min-h-[44px] items-center rounded px-3 font-bold hover:bg-hover",
                  here && "text-accent-text",
                )}
              >
                {label}
              </a>
            );
          })}
        </nav>
        <div class="ms-auto min-w-0">
          <Corner viewer={viewer} path={path} signOut={signOut} />
        </div>
      </div>
    </header>
  );
}
