/** How the numbers on the page are named, and the same names with what the server says of them now. */
import type { LoungeId, RoomId } from "../../lib/protocol/ids.ts";
import type { LoungeView } from "../../lib/protocol/types.ts";
import { onlineIn } from "./order.ts";

export const liveRoom = (id: RoomId) => `room-${id}`;
export const liveLounge = (id: LoungeId) => `lounge-${id}`;

/** Name → people there. */
export function countsOf(lounges: LoungeView[]): Map<string, number> {
  return new Map(lounges.flatMap((lounge): [string, number][] => [
    [liveLounge(lounge.id), onlineIn(lounge)],
    ...lounge.rooms.map(({ id, online }): [string, number] => [liveRoom(id), online]),
  ]));
}
