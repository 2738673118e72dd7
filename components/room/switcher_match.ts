/** Which of my rooms somebody means who types a few letters. Pure. */
import type { UserId } from "../../lib/protocol/ids.ts";
import { roomTitle } from "../../lib/protocol/room_names.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";

/** Without accents and case, as people type in a hurry. */
function plain(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/**
 * Rooms in whose name (or address) every word of `query` begins a word; those whose name begins with it first, then as
 * they come: the latest activity first. Without a query those with something new stand first.
 */
export function matchingRooms(rooms: readonly MyRoom[], query: string, me: UserId | null): MyRoom[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return rank(rooms, (room) => room.mentions > 0 ? 0 : room.unread > 0 ? 1 : 2);
  const titled = new Map(rooms.map((room) => [room, plain(roomTitle(room, me))]));
  const found = rooms.filter((room) => {
    const own = `${titled.get(room)} ${plain(room.slug ?? "")}`.split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => own.some((one) => one.startsWith(word)));
  });
  return rank(found, (room) => titled.get(room)!.startsWith(words[0]!) ? 0 : 1);
}

function rank(rooms: readonly MyRoom[], of: (room: MyRoom) => number): MyRoom[] {
  return [...rooms].sort((a, b) => of(a) - of(b));
}
