import { AppError } from "../../errors.ts";
import type { RoomId } from "../../protocol/ids.ts";
import { openRoom } from "../access.ts";
import type { RoomDirectory } from "../directory.ts";

/**
 * A room ended while something was being done in it: says so as everybody is told.
 * @throws AppError ROOM_EXPIRED, ROOM_INACTIVE, ROOM_NOT_FOUND
 */
export async function refuseOver(rooms: RoomDirectory, roomId: RoomId): Promise<never> {
  rooms.forget(roomId);
  openRoom(await rooms.find(roomId), rooms.now());
  // By the database's clock it is over already.
  throw new AppError("ROOM_EXPIRED");
}
