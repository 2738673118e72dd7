/** What is done to people in a room, and by them: in all kinds of rooms that have members. */
import { handOver as giveOwnership, leaveRoom, sendOut, setRole } from "../../db/queries/memberships.ts";
import { findUser } from "../../db/queries/users.ts";
import { audit } from "../audit/audit.ts";
import { AppError } from "../errors.ts";
import type { Promotion } from "../protocol/forms/rooms.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { changeHeld, demandOutranked, roleOf } from "./held_room.ts";

/**
 * Leaves a room. An owner's place goes to the longest-serving moderator, else member; a room that nobody is left in is
 * archived.
 * @throws AppError of room access
 */
export async function leave(services: Services, viewer: Viewer, roomId: RoomId): Promise<void> {
  await changeHeld(services, { viewer, action: "leave", roomId, affects: [viewer.id] }, async ({ sql }) => {
    await leaveRoom(sql, roomId, viewer.id);
  });
}

/** Sends somebody out, who may come back the way they came. @throws AppError of room access, NOT_FOUND, FORBIDDEN */
export async function kick(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  userId: UserId,
): Promise<void> {
  await changeHeld(services, { viewer, action: "kick", roomId, affects: [userId] }, async (held) => {
    await demandOutranked(held, userId);
    await sendOut(held.sql, roomId, userId);
    const detail = { room: roomId };
    await audit(held.sql, { action: "room.kicked", actorId: viewer.id, subjectId: userId, detail });
  });
}

/** Makes a member a moderator, or a moderator a member again. @throws AppError of room access, NOT_FOUND, FORBIDDEN */
export async function promote(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  { userId, role }: Promotion,
): Promise<void> {
  await changeHeld(services, { viewer, action: "promote", roomId, affects: [userId] }, async (held) => {
    await demandOutranked(held, userId);
    await setRole(held.sql, roomId, userId, role);
  });
}

/** Makes somebody else the owner; the former one becomes a moderator. @throws AppError of room access, NOT_FOUND */
export async function handOver(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  userId: UserId,
): Promise<void> {
  const attempt = { viewer, action: "hand_over", roomId, affects: [viewer.id, userId] } as const;
  await changeHeld(services, attempt, async (held) => {
    if (userId === viewer.id) throw new AppError("FORBIDDEN", { message: "The room is yours already." });
    if (!await roleOf(held, userId)) {
      throw new AppError("NOT_FOUND", { message: "They are not in this room." });
    }
    await giveOwnership(held.sql, roomId, userId);
    if (!held.room.archived) {
      const heir = await findUser(held.sql, userId);
      await held.say(`${viewer.name} handed this room over to ${heir?.name}.`, [viewer.id, userId]);
    }
    const detail = { room: roomId };
    await audit(held.sql, { action: "room.handed-over", actorId: viewer.id, subjectId: userId, detail });
  });
}
