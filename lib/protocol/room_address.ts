/** Where rooms' pages are, for all that leads to them: links, notifications. */
import type { MessageId, RoomId } from "./ids.ts";
import type { RoomKind } from "./types.ts";

export const LOUNGES_HREF = "/lounges";
/** Where ghost rooms are made. */
export const GHOST_ROOMS_HREF = "/g";

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
 * `ghostHref` gives the other.
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

/** The room's page, opened at one of its messages. */
export function messageHref(room: AddressedRoom, id: MessageId): string {
  return `${hrefOf(room)}?m=${id}`;
}
