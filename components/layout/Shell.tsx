import type { ComponentChildren } from "preact";
import type { Viewer } from "../../lib/protocol/types.ts";
import { SkipLink } from "../ui/SkipLink.tsx";
import { BottomBar } from "./BottomBar.tsx";
import { SiteHeader } from "./SiteHeader.tsx";

export interface ShellProps {
  viewer: Viewer | null;
  /** The page's path: marks where we are in the navigation, and where the guest form leads back to. */
  path: string;
  /** The sign-out form; without it no such button is shown. */
  signOut?: { action: string; csrf: string };
  children: ComponentChildren;
}

/** Around every page but a room: header, footer, and on a phone the bar at the bottom. */
export function Shell({ viewer, path, signOut, children }: ShellProps) {
  return (
    <div class="flex min-h-screen flex-col">
      <SkipLink href="#main">Skip to the page</SkipLink>
      <SiteHeader viewer={viewer} path={path} signOut={signOut} />
      <main id="main" tabIndex={-1} class="mx-auto w-full max-w-page grow px-4 outline-none md:px-6">
        {children}
      </main>
      <footer class="mx-auto w-full max-w-page px-4 py-8 text-sm text-soft md:px-6">
        <p class="border-t border-line pt-6">Parley is a place to talk, for people of 18 and older.</p>
      </footer>
      <BottomBar viewer={viewer} path={path} />
    </div>
  );
}
