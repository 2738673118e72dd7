/** Addresses of the pages, in one place. */
import type { LoungeId, RoomId } from "../lib/protocol/ids.ts";
import { GHOST_ROOMS_HREF } from "../lib/protocol/room_address.ts";

export {
  type AddressedRoom,
  GHOST_ROOMS_HREF,
  hrefOf,
  LOUNGES_HREF,
  messageHref,
} from "../lib/protocol/room_address.ts";
export const DASHBOARD_HREF = "/dashboard";
export const ME_HREF = "/me";
export const NOTIFICATIONS_HREF = `${ME_HREF}/notifications`;
/** The public rooms, to be searched. */
export const DIRECTORY_HREF = "/rooms";
/** Messages, to be searched. */
export const SEARCH_HREF = "/search";
export const NEW_ROOM_HREF = "/rooms/new";
export const NEW_MESSAGE_HREF = "/dm/new";
/** Into a room by its name and password. */
export const JOIN_HREF = "/join";
export const ADMIN_HREF = "/admin";
export const ADMIN_LOUNGES_HREF = `${ADMIN_HREF}/lounges`;

/** A ghost room, without the key that its people may keep in the address. */
export function ghostHref(token: string): string {
  return `${GHOST_ROOMS_HREF}/${token}`;
}

/** What was said in one room, to be searched. */
export function roomSearchHref(room: { id: RoomId }): string {
  return `${SEARCH_HREF}?room=${room.id}`;
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
