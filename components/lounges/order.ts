import type { LanguageRoomView, LoungeView } from "../../lib/protocol/types.ts";

/** People in all rooms of a lounge. */
export function onlineIn(lounge: LoungeView): number {
  return lounge.rooms.reduce((sum, room) => sum + room.online, 0);
}

/** The reader's language first, then where people are; the given order decides the rest. */
export function roomsFor(language: string, rooms: LanguageRoomView[]): LanguageRoomView[] {
  const mine = language.split("-")[0];
  const rank = (room: LanguageRoomView) => room.language === mine ? 1 : 0;
  return [...rooms].sort((a, b) => rank(b) - rank(a) || b.online - a.online);
}
