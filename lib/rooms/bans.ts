import { revokeInvitesBy } from "../../db/queries/invites.ts";
import { sendOut } from "../../db/queries/memberships.ts";
import { addBan, liftBan } from "../../db/queries/room_bans.ts";
import { findUser } from "../../db/queries/users.ts";
import { audit } from "../audit/audit.ts";
import { AppError } from "../errors.ts";
import type { Banning } from "../protocol/forms/rooms.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { changeHeld, demandAbove, type HeldRoom, roleOf } from "./held_room.ts";

/**
 * Keeps somebody out of a room, by whatever door, for some hours or for good; also whoever is not in it yet. The
 * invites that they gave out are taken back.
 * @returns when the ban ends (ISO 8601, UTC); `null`: never
 * @throws AppError of room access, NOT_FOUND for nobody, FORBIDDEN for equals, betters and Parley's staff
 */
export async function ban(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  { userId, hours, reason }: Banning,
): Promise<string | null> {
  const attempt = { viewer, action: "ban", roomId, affects: [userId] } as const;
  const endsAt = await changeHeld(services, attempt, async (held) => {
    await demandBannable(held, userId);
    const { sql } = held;
    const ends = await addBan(sql, { roomId, userId, bannedBy: viewer.id, reason, hours: hours ?? null });
    await sendOut(sql, roomId, userId);
    await revokeInvitesBy(sql, roomId, userId, new Date(services.clock()));
    // The reason is people's words; the log keeps facts.
    const detail = { room: roomId, ...(hours !== undefined && { hours }) };
    await audit(sql, { action: "room.banned", actorId: viewer.id, subjectId: userId, detail });
    return ends;
  });
  return endsAt?.toISOString() ?? null;
}

/** Ends a ban before its time. @throws AppError of room access, NOT_FOUND when there is none */
export async function unban(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  userId: UserId,
): Promise<void> {
  await changeHeld(services, { viewer, action: "ban", roomId, affects: [userId] }, async ({ sql }) => {
    if (!await liftBan(sql, roomId, userId)) {
      throw new AppError("NOT_FOUND", { message: "They are not banned from this room." });
    }
    const detail = { room: roomId };
    await audit(sql, { action: "room.unbanned", actorId: viewer.id, subjectId: userId, detail });
  });
}

async function demandBannable(held: HeldRoom, userId: UserId): Promise<void> {
  const person = await findUser(held.sql, userId);
  if (!person) throw new AppError("NOT_FOUND", { message: "There is nobody of that id." });
  // Whoever is not in the room ranks as if they were: lowest.
  demandAbove(held, userId, await roleOf(held, userId) ?? "member");
  if (person.role !== "USER") {
    throw new AppError("FORBIDDEN", { message: "Parley's own staff cannot be banned from rooms." });
  }
}
