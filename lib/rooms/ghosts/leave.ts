import { leaveRoom } from "../../../db/queries/memberships.ts";
import { revokeSessionsOf } from "../../../db/queries/sessions.ts";
import { AppError } from "../../errors.ts";
import type { RoomId } from "../../protocol/ids.ts";
import type { Viewer } from "../../protocol/types.ts";
import type { Services } from "../../services.ts";
import { accessRoom } from "../access.ts";

/**
 * A ghost goes: place and nickname are free at once, and their session is over.
 * @throws AppError NOT_A_MEMBER, and those of room access
 */
export async function leaveGhostRoom(services: Services, ghost: Viewer, roomId: RoomId): Promise<void> {
  await accessRoom(services.rooms, ghost, "leave", roomId);
  // Their sessions end with it, which is not for anybody who has other rooms.
  if (ghost.room !== roomId) throw new AppError("NOT_A_MEMBER");
  const sessions = await services.sql.begin(async (sql) => {
    await leaveRoom(sql, roomId, ghost.id);
    return await revokeSessionsOf(sql, ghost.id);
  });
  for (const id of sessions) services.realtime.endSession(id);
  services.realtime.rightsChanged(roomId);
}
