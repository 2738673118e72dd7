import type { FoundRoom } from "../../db/queries/rooms.ts";
import { AppError } from "../errors.ts";
import type { RoomId } from "../protocol/ids.ts";
import { roomId } from "../protocol/id_schemas.ts";
import { type Action, may, mayEnterLounge, mayTakePart } from "../protocol/permissions.ts";
import { type RoomInfo, type Standing, STRANGER, type Viewer } from "../protocol/types.ts";
import type { RoomDirectory } from "./directory.ts";

export const ASKED_FOR =
  "This lounge is RED, and RED lounges are shown to those who asked for them: leave, then enter again asking.";
const ACCOUNT = "That takes an account. Guests can make theirs into one.";
const ARCHIVED = "This room is archived: it can be read, and nothing new be said in it.";
/** Which of the two has blocked the other is nobody's business. */
export const SILENT = "Nothing can be sent in this conversation any more.";
const BANNED = "You are banned from this room.";

/**
 * The only way to a room: the room itself, once it is sure that the viewer may do `action` there.
 * @throws AppError ROOM_NOT_FOUND, ROOM_EXPIRED, ROOM_INACTIVE, UNAUTHENTICATED when coming in would help, NOT_A_MEMBER
 * when joining would, else FORBIDDEN.
 */
export async function accessRoom(
  rooms: RoomDirectory,
  viewer: Viewer | null,
  action: Action,
  roomId: RoomId,
): Promise<RoomInfo> {
  return (await accessWithStanding(rooms, viewer, action, roomId)).room;
}

/** As {@link accessRoom}, with what the viewer is to the room. */
export async function accessWithStanding(
  rooms: RoomDirectory,
  viewer: Viewer | null,
  action: Action,
  roomId: RoomId,
): Promise<{ room: RoomInfo; standing: Standing }> {
  const room = openRoom(await rooms.find(roomId), rooms.now());
  const standing = await standingIn(rooms, viewer, room);
  demand(viewer, action, room, standing);
  return { room, standing };
}

/**
 * As {@link accessRoom}, without asking anybody: `null` when the room, or what the viewer is to it, is not known just now.
 * @throws AppError as {@link accessRoom} does
 */
export function accessKnownRoom(
  rooms: RoomDirectory,
  viewer: Viewer,
  action: Action,
  roomId: RoomId,
): RoomInfo | null {
  const found = rooms.recall(roomId);
  if (found === undefined) return null;
  const room = openRoom(found, rooms.now());
  const standing = room.kind === "language" ? STRANGER : rooms.recallStanding(roomId, viewer.id);
  if (!standing) return null;
  demand(viewer, action, room, standing);
  return room;
}

/** A room's id out of an address. @throws AppError ROOM_NOT_FOUND for what is none */
export function demandRoomId(text: string | undefined): RoomId {
  const id = roomId.safeParse(text);
  if (!id.success) throw new AppError("ROOM_NOT_FOUND");
  return id.data;
}

/** A message's place out of an address. @throws AppError MESSAGE_NOT_FOUND for what is none */
export function demandSeq(text: string | undefined): number {
  if (!/^[1-9]\d{0,15}$/.test(text ?? "")) throw new AppError("MESSAGE_NOT_FOUND");
  return Number(text);
}

/** Nobody needs to be anything to a language room, so nobody is looked up there. */
export async function standingIn(
  rooms: RoomDirectory,
  viewer: Viewer | null,
  room: RoomInfo,
): Promise<Standing> {
  return viewer && room.kind !== "language" ? await rooms.standing(room.id, viewer.id) : STRANGER;
}

/**
 * A room that is not over.
 * @param now milliseconds since the epoch
 * @throws AppError ROOM_NOT_FOUND, ROOM_EXPIRED, ROOM_INACTIVE
 */
export function openRoom(found: FoundRoom | null, now: number): RoomInfo {
  if (!found) throw new AppError("ROOM_NOT_FOUND");
  const { info, closed } = found;
  if (info.endsAt && Date.parse(info.endsAt) <= now) throw new AppError("ROOM_EXPIRED");
  if (closed) throw new AppError("ROOM_INACTIVE", closed.reason ? { message: closed.reason } : {});
  if (info.kind === "language" && info.archived) throw new AppError("ROOM_INACTIVE");
  return info;
}

/** @throws AppError UNAUTHENTICATED, NOT_A_MEMBER, ROOM_INACTIVE or FORBIDDEN unless the viewer may. */
export function demand(viewer: Viewer | null, action: Action, room: RoomInfo, standing = STRANGER): void {
  if (may(viewer, action, room, standing)) return;
  if (!viewer) throw new AppError("UNAUTHENTICATED");
  if (standing.banned) throw new AppError("FORBIDDEN", { message: BANNED });
  if (standing.blocked && action === "send") throw new AppError("FORBIDDEN", { message: SILENT });
  if (room.lounge && !mayEnterLounge(viewer, room.lounge.ageRating)) {
    throw new AppError("FORBIDDEN", { message: ASKED_FOR });
  }
  if (viewer.tier !== "ghost" && room.kind === "slug" && !mayTakePart(viewer, room.kind)) {
    throw new AppError("FORBIDDEN", { message: ACCOUNT });
  }
  if (room.archived && may(viewer, action, { ...room, archived: undefined }, standing)) {
    throw new AppError("ROOM_INACTIVE", { message: ARCHIVED });
  }
  // Who is refused at the door is not helped by hearing that they are outside.
  if (room.kind !== "language" && standing.role === null && action !== "join") {
    throw new AppError("NOT_A_MEMBER");
  }
  throw new AppError("FORBIDDEN");
}
