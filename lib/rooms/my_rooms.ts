import { type MyRoomRow, roomsOf } from "../../db/queries/my_rooms.ts";
import { mayEnterLounge } from "../protocol/permissions.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";

export type MyRoom = MyRoomRow & { online: number };

/** Where somebody was, as far as it is still open to them: the latest activity first, with what is new to them. */
export async function myRooms({ sql, realtime }: Services, viewer: Viewer): Promise<MyRoom[]> {
  const online = realtime.onlineByRoom();
  return (await roomsOf(sql, viewer.id))
    .filter(({ lounge }) => mayEnterLounge(viewer, lounge.ageRating))
    .map((room) => ({ ...room, online: online.get(room.id) ?? 0 }));
}
