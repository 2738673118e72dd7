import { Banned, joinRoom } from "../../db/queries/memberships.ts";
import { createPasswordRoom, findPasswordRoom } from "../../db/queries/password_rooms.ts";
import { AppError } from "../errors.ts";
import type { JoinPasswordRoom } from "../protocol/forms/password_rooms.ts";
import type { RoomId } from "../protocol/ids.ts";
import { mayTakePart } from "../protocol/permissions.ts";
import type { RoomInfo, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { accessRoom } from "./access.ts";

/**
 * Enters the room of this name with its password, or makes it when there is none: then the password is its own.
 * @param address where the request comes from: wrong tries are counted by address and room
 * @throws AppError WRONG_PASSWORD, FORBIDDEN for the banned, RATE_LIMIT_EXCEEDED
 */
export async function enterPasswordRoom(
  services: Services,
  viewer: Viewer,
  { roomName, password }: JoinPasswordRoom,
  address: string,
): Promise<{ room: RoomInfo; created: boolean }> {
  if (!mayTakePart(viewer, "password")) throw new AppError("FORBIDDEN");
  const entered = await enterKnown(services, viewer, roomName, password, address);
  const roomId = entered ?? await create(services, viewer, roomName, password);
  // Somebody else made it at this moment: then it is theirs, and so is the password.
  if (!roomId) return await enterPasswordRoom(services, viewer, { roomName, password }, address);
  services.realtime.rightsChanged(roomId, [viewer.id]);
  const room = await accessRoom(services.rooms, viewer, "read", roomId);
  return { room, created: entered === null };
}

/** `null` where there is no such room. */
async function enterKnown(
  { sql, limits, passwords }: Services,
  { id }: Viewer,
  name: string,
  password: string,
  address: string,
): Promise<RoomId | null> {
  const found = await findPasswordRoom(sql, name);
  if (!found) return null;
  // Counted first and taken back when it was right, so that many tries at once are not more than one after another.
  const tries = `${address}|${found.id}`;
  await limits.spend("roomPassword", tries);
  if (!await passwords.verify(password, found.passwordHash)) throw new AppError("WRONG_PASSWORD");
  await limits.refund("roomPassword", tries);
  await joinRoom(sql, found.id, id).catch((error) => {
    throw error instanceof Banned
      ? new AppError("FORBIDDEN", { message: "You are banned from this room." })
      : error;
  });
  return found.id;
}

async function create(
  { sql, limits, passwords }: Services,
  { id }: Viewer,
  name: string,
  password: string,
): Promise<RoomId | null> {
  await limits.spend("roomsCreated", id);
  return await createPasswordRoom(sql, { name, passwordHash: await passwords.hash(password), creatorId: id });
}
