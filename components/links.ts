/** Addresses of the pages, in one place. */
import type { LoungeId, RoomId } from "../lib/protocol/ids.ts";
import type { RoomKind } from "../lib/protocol/types.ts";

export const LOUNGES_HREF = "/lounges";
export const DASHBOARD_HREF = "/dashboard";
export const ME_HREF = "/me";
/** The public rooms, to be searched. */
export const DIRECTORY_HREF = "/rooms";
export const NEW_ROOM_HREF = "/rooms/new";
export const NEW_MESSAGE_HREF = "/dm/new";
/** Into a room by its name and password. */
export const JOIN_HREF = "/join";
/** Where ghost rooms are made. */
export const GHOST_ROOMS_HREF = "/g";
export const ADMIN_HREF = "/admin";
export const ADMIN_LOUNGES_HREF = `${ADMIN_HREF}/lounges`;

/** What of a room its address is made of; `RoomInfo` and `MyRoom` both have it. */
export interface AddressedRoom {
  kind: RoomKind;
  id: RoomId;
  slug?: string;
  lounge?: { slug: string };
  language?: string;
}

/**
 * A room's page. Of a ghost room only those who have its token know that: here it is the page where they are made, and
 * {@link ghostHref} gives the other.
 */
export function hrefOf({ kind, id, slug, lounge, language }: AddressedRoom): string {
  switch (kind) {
    case "language":
      return `${LOUNGES_HREF}/${lounge?.slug}/${language}`;
    case "slug":
      return `/r/${slug}`;
    case "password":
      return `/p/${id}`;
    case "direct":
      return `/dm/${id}`;
    case "ghost":
      return GHOST_ROOMS_HREF;
  }
}

/** A ghost room, without the key that its people may keep in the address. */
export function ghostHref(token: string): string {
  return `${GHOST_ROOMS_HREF}/${token}`;
}

/** Members, roles, invites and settings of a slug, password or direct room. */
export function settingsHref(room: { id: RoomId }): string {
  return `/rooms/${room.id}/settings`;
}

/** An invite link into a slug room. */
export function inviteHref(token: string): string {
  return `/i/${token}`;
}

/** A lounge's place on the page of all lounges; prefixed, for admins choose slugs and pages have ids of their own. */
export function loungePlace(slug: string): string {
  return `lounge-${slug}`;
}

/** Where admins keep a lounge and its language rooms. */
export function adminLoungeHref(id: LoungeId): string {
  return `${ADMIN_LOUNGES_HREF}/${id}`;
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
