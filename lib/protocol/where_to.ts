/** Where somebody wants to go who names a room: by a link of this site, a ghost room's token, or a slug. */

/** Pages that are rooms, or doors to one. */
const ROOM_PATH = /^\/(r|p|dm|g|i|lounges)\/[^/]/;
const GHOST = /^ghost-[A-Za-z0-9_-]{8,}(#.*)?$/;
const SLUG = /^#?([a-z0-9-]{3,40})$/i;

/**
 * The path of the room, with what a link's fragment holds: an encrypted room's key stays in it.
 * @param origin of this site
 * @returns null for what names none
 */
export function whereTo(text: string, origin: string): string | null {
  const wanted = text.trim();
  if (GHOST.test(wanted)) return `/g/${wanted}`;
  const link = linkTo(wanted, origin);
  if (link) return link;
  const slug = SLUG.exec(wanted)?.[1]?.toLowerCase();
  return slug && /[a-z]/.test(slug) ? `/r/${slug}` : null;
}

/** Links may come without their scheme, or as a path alone. */
function linkTo(text: string, origin: string): string | null {
  const { host, protocol } = new URL(origin);
  const whole = text.startsWith("/")
    ? origin + text
    : text.startsWith(`${host}/`)
    ? `${protocol}//${text}`
    : text;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  return url.origin === origin && ROOM_PATH.test(url.pathname) ? url.pathname + url.search + url.hash : null;
}
