import { AppError } from "../errors.ts";
import type { RoomId } from "../protocol/ids.ts";
import { type Action, may } from "../protocol/permissions.ts";
import type { RoomInfo, Viewer } from "../protocol/types.ts";
import type { RoomDirectory } from "./directory.ts";

const ASKED_FOR =
  "This lounge is RED, and RED lounges are shown to those who asked for them: leave, then enter again asking.";

/**
 * The only way to a room: the room itself, once it is sure that the viewer may do `action` there.
 * @throws AppError ROOM_NOT_FOUND, UNAUTHENTICATED when coming in would help, else FORBIDDEN.
 */
export async function accessRoom(
  rooms: RoomDirectory,
  viewer: Viewer | null,
  action: Action,
  roomId: RoomId,
): Promise<RoomInfo> {
  const room = await rooms.find(roomId);
  if (!room) throw new AppError("ROOM_NOT_FOUND");
  demand(viewer, action, room);
  return room;
}

/** @throws AppError UNAUTHENTICATED or FORBIDDEN unless the viewer may. */
export function demand(viewer: Viewer | null, action: Action, room: RoomInfo): void {
  if (may(viewer, action, room)) return;
  if (!viewer) throw new AppError("UNAUTHENTICATED");
  const red = room.lounge?.ageRating === "_18PLUS_RED";
  throw new AppError("FORBIDDEN", red ? { message: ASKED_FOR } : {});
}
