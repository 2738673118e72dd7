/** What of my rooms asks for me, as far as the list of them tells. Pure, and free of everything but types. */
import type { RoomId, UserId } from "./ids.ts";
import type { LastWords, MyRoom } from "./types.ts";

/** What is new to me in a room and meant for me: all of it in direct rooms, elsewhere what names me. */
export function callsIn({ level, kind, unread, mentions }: MyRoom): number {
  if (level === "nothing") return 0;
  const everything = level === undefined ? kind === "direct" : level === "all";
  return everything ? unread : mentions;
}

/** In all rooms but the one that the page shows, which counts for itself. */
export function callsElsewhere(rooms: readonly MyRoom[], shown: RoomId | null): number {
  return rooms.reduce((sum, room) => room.id === shown ? sum : sum + callsIn(room), 0);
}

/** Somebody wants me in another room. */
export interface Call {
  room: MyRoom;
  last: LastWords;
  /** It names me; else it is a direct room's. */
  named: boolean;
}

/**
 * What has come between two states of the list. The list itself may come anew: rooms that were not in it call nobody.
 * Nobody is called by somebody they have blocked.
 * @param shown the room that the page shows
 */
export function callsBetween(
  before: readonly MyRoom[],
  after: readonly MyRoom[],
  shown: RoomId | null,
  blocked?: ReadonlySet<UserId>,
): Call[] {
  const known = new Map(before.map((room) => [room.id, room]));
  return after.flatMap((room) => {
    const was = known.get(room.id);
    const { last } = room;
    if (!was || !last || room.id === shown || room.headSeq <= was.headSeq) return [];
    if (callsIn(room) <= callsIn(was)) return [];
    if (last.author && blocked?.has(last.author.id)) return [];
    return [{ room, last, named: room.mentions > was.mentions }];
  });
}
