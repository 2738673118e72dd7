/** Addresses of the pages, in one place. */
import type { LanguageRoomView, LoungeView } from "../lib/protocol/types.ts";

export const LOUNGES_HREF = "/lounges";

/** A lounge's language room: `/lounges/music/pt`. */
export function roomHref(lounge: Pick<LoungeView, "slug">, room: Pick<LanguageRoomView, "language">): string {
  return `/lounges/${lounge.slug}/${room.language}`;
}

/** The guest form, leading back to `next` (a path of this site). */
export function guestHref(next?: string): string {
  return next === undefined ? "/guest" : `/guest?next=${encodeURIComponent(next)}`;
}

/** True for the page itself and for what lies beneath it. */
export function isHere(path: string, href: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
