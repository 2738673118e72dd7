import { suits } from "../../lib/protocol/languages.ts";
import type { LanguageRoomView, LoungeView } from "../../lib/protocol/types.ts";

/** People in all rooms of a lounge. */
export function onlineIn(lounge: LoungeView): number {
  return lounge.rooms.reduce((sum, room) => sum + room.online, 0);
}

/** The room in the first of the reader's languages that has one; of several, the one that suits best. */
export function ownRoom(languages: string[], rooms: LanguageRoomView[]): LanguageRoomView | undefined {
  for (const wanted of languages) {
    const [best] = rooms.map((room) => ({ room, fit: suits(wanted, room.language) }))
      .filter(({ fit }) => fit > 0).sort((a, b) => b.fit - a.fit);
    if (best) return best.room;
  }
  return undefined;
}

/** The reader's own room first, then their other languages, then where people are; the given order decides the rest. */
export function roomsFor(languages: string[], rooms: LanguageRoomView[]): LanguageRoomView[] {
  const own = ownRoom(languages, rooms);
  const rank = new Map(rooms.map((room) => {
    const place = languages.findIndex((wanted) => suits(wanted, room.language) > 0);
    return [room.id, room === own ? -1 : place < 0 ? languages.length : place];
  }));
  return [...rooms].sort((a, b) => rank.get(a.id)! - rank.get(b.id)! || b.online - a.online);
}
