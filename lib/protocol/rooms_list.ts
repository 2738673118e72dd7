/** How the list of my rooms follows the news of them. Pure, and free of everything but types: it runs in browsers. */
import type { Read, RoomActivity, RoomsWatched } from "./events.ts";
import type { RoomId, UserId } from "./ids.ts";
import type { MyRoom } from "./types.ts";

/** What changes the list. */
export type RoomsEvent = RoomsWatched | RoomActivity | Read;

/**
 * The list after `event`, the latest activity first. News of a room that is not in the list changes nothing, as does
 * what the list has heard already; both give back the same reference. The server sends the whole list again when it
 * gets longer or shorter.
 *
 * @param me whose list it is: my own words are read already
 * @param reading the room whose newest words are before my eyes: what comes in there is read when it comes
 */
export function reduceRooms(
  rooms: readonly MyRoom[],
  event: RoomsEvent,
  me: UserId,
  reading: RoomId | null = null,
): readonly MyRoom[] {
  if (event.type === "rooms_watched") {
    return event.rooms.map((room) => room.id === reading ? readUpTo(room, room.headSeq) : room);
  }
  const at = rooms.findIndex(({ id }) => id === event.roomId);
  const room = rooms[at];
  if (!room) return rooms;
  const next = event.type === "read" ? readUpTo(room, event.seq) : active(room, event, me, reading);
  if (next === room) return rooms;
  const spoken = event.type === "room_activity" && event.last !== undefined;
  return spoken ? [next, ...rooms.toSpliced(at, 1)] : rooms.with(at, next);
}

function active(room: MyRoom, event: RoomActivity, me: UserId, reading: RoomId | null): MyRoom {
  if (event.seq <= room.headSeq) return room;
  // What was read in the room itself may be told here later.
  const named = event.seq > room.readSeq && event.mentioned?.includes(me) ? 1 : 0;
  // The list may have been read when some of the news was in the log already.
  const spoken = Math.min(event.messages ?? 0, event.seq - Math.max(room.headSeq, room.readSeq));
  const next = {
    ...room,
    headSeq: event.seq,
    unread: room.unread + Math.max(0, spoken),
    mentions: room.mentions + named,
    ...(event.last && { last: event.last }),
  };
  const read = room.id === reading || event.last?.author?.id === me;
  return read ? readUpTo(next, event.seq) : next;
}

/** How much of what is new lies before `seq` is not known here; at the head there is nothing left. */
function readUpTo(room: MyRoom, seq: number): MyRoom {
  if (seq <= room.readSeq) return room;
  const after = Math.max(0, room.headSeq - seq);
  const mentions = after === 0 ? 0 : room.mentions;
  return { ...room, readSeq: seq, unread: Math.min(room.unread, after), mentions };
}
