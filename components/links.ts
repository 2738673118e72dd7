/** Addresses of the pages, in one place. */
import type { LanguageRoomView, LoungeView } from "../lib/protocol/types.ts";

export const LOUNGES_HREF = "/lounges";
export const DASHBOARD_HREF = "/dashboard";
export const ME_HREF = "/me";

/** A lounge's language room: `/lounges/music/pt`. */
export function roomHref(lounge: Pick<LoungeView, "slug">, room: Pick<LanguageRoomView, "language">): string {
  return `/lounges/${lounge.slug}/${room.language}`;
}

/** The guest form, leading back to `next` (a path of this site). */
export function guestHref(next?: string): string {
  return withNext("/guest", next);
}

/** The sign-in form, leading back to `next`. */
export function loginHref(next?: string): string {
  return withNext("/login", next);
}

/** The form for a new account, leading back to `next`. */
export function registerHref(next?: string): string {
  return withNext("/register", next);
}

/** Somebody's public profile. */
export function profileHref(username: string): string {
  return `/u/${encodeURIComponent(username)}`;
}

function withNext(path: string, next?: string): string {
  return next === undefined ? path : `${path}?next=${encodeURIComponent(next)}`;
}

/** True for the page itself and for what lies beneath it. */
export function isHere(path: string, href: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
