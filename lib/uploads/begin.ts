import { reserveUpload } from "../../db/queries/uploads.ts";
import { AppError } from "../errors.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { RoomInfo, Viewer } from "../protocol/types.ts";
import { accessRoom } from "../rooms/access.ts";
import type { Services } from "../services.ts";
import { fileName } from "./names.ts";
import { gone, refuseFile, tooLarge } from "./refusals.ts";

/** Milliseconds in which an upload must be finished. */
export const UPLOAD_LIFE = 60 * 60_000;
/** Bytes by which a sealed file is larger than what it holds. */
export const SEALED_REST = 64;
/** What all files of a room hold together whose people come and go without accounts. */
const GHOST_ROOM_MAX_BYTES = 100 * 1024 * 1024;

/** What somebody wants to send, as they say. */
export interface Announced {
  name: string;
  /** Bytes. */
  size: number;
}

export interface BegunUpload {
  /** A UUID; the file's too, once it is one. */
  id: string;
  /** Takes the bytes by PUT. */
  uploadUrl: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
}

/**
 * Announces a file: from now on its bytes are waited for, and counted as if they were there.
 * @throws AppError FORBIDDEN for guests, VALIDATION_FAILED, PAYLOAD_TOO_LARGE, RATE_LIMIT_EXCEEDED and those of room access
 */
export async function beginUpload(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  { name, size }: Announced,
): Promise<BegunUpload> {
  const { sql, config, limits, clock } = services;
  const room = await accessToSend(services, viewer, roomId);
  const { maxFileBytes, maxUserBytes } = config.uploads;
  if (size === 0) throw refuseFile("That file is empty.");
  if (size > maxFileBytes + (room.encrypted ? SEALED_REST : 0)) throw tooLarge(maxFileBytes);
  await limits.spend("upload", viewer.id);
  const upload = {
    id: crypto.randomUUID(),
    roomId,
    userId: viewer.id,
    // Of sealed files nothing is known.
    name: room.encrypted ? "" : fileName(name),
    size,
  };
  const quotas = { ofUser: maxUserBytes, ...(room.kind === "ghost" && { ofRoom: GHOST_ROOM_MAX_BYTES }) };
  const reserved = await reserveUpload(sql, upload, quotas);
  if (reserved !== "ok") throw await whyNot(services, viewer, roomId, reserved);
  const expiresAt = new Date(clock() + UPLOAD_LIFE).toISOString();
  return { id: upload.id, uploadUrl: `/api/upload/${upload.id}`, expiresAt };
}

/** Why there is no place for a file, in words. @throws AppError those of room access */
async function whyNot(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  reason: "over" | "user full" | "room full",
): Promise<AppError> {
  const { rooms, config } = services;
  switch (reason) {
    case "over":
      rooms.forget(roomId);
      await accessToSend(services, viewer, roomId);
      return gone();
    case "user full":
      return new AppError("PAYLOAD_TOO_LARGE", {
        message: `Your files hold ${Math.floor(config.uploads.maxUserBytes / 1024 / 1024)} MB together, ` +
          "which is all there is. Delete messages with files: a day later there is room again.",
      });
    case "room full":
      return new AppError("PAYLOAD_TOO_LARGE", { message: "This room holds no more files." });
  }
}

/** @throws AppError FORBIDDEN for guests, and those of room access */
export async function accessToSend(
  { rooms }: Pick<Services, "rooms">,
  viewer: Viewer,
  roomId: RoomId,
): Promise<RoomInfo> {
  if (viewer.tier === "guest") {
    throw new AppError("FORBIDDEN", {
      message: "Sending files takes an account. Guests can make theirs into one.",
    });
  }
  return await accessRoom(rooms, viewer, "send", roomId);
}
