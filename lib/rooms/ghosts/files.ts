/** Files of ghost rooms. What they are is never found out: they are handed out as bytes, to be saved. */
import { findFile, insertFile, removeFiles, type RoomFile } from "../../../db/queries/files.ts";
import { attachmentPath } from "../../../db/queries/rows.ts";
import { AppError } from "../../errors.ts";
import type { RoomId } from "../../protocol/ids.ts";
import { FILE_MAX_BYTES } from "../../protocol/limits.ts";
import type { Attachment, RoomInfo, Viewer } from "../../protocol/types.ts";
import type { Services } from "../../services.ts";
import { accessRoom } from "../access.ts";
import { refuseOver } from "./over.ts";

/** Bytes: a file of the largest size, sealed. */
export const UPLOAD_MAX_BYTES = FILE_MAX_BYTES + 64;
const ROOM_MAX_BYTES = 100 * 1024 * 1024;
const NAME_MAX = 120;
const BYTES = "application/octet-stream";
const MIME_TYPE = /^[a-z]{1,20}\/[a-z0-9][a-z0-9.+-]{0,80}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Control characters, what turns the direction of text around, and what parts of paths are made of. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF/\\]/gu;

interface Sent {
  /** As the sender says. */
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** Where a file's bytes are, and those of all files of its room. */
export function storageKey(roomId: RoomId, fileId: string): string {
  return `${storageFolder(roomId)}/${fileId}`;
}

export function storageFolder(roomId: RoomId): string {
  return `rooms/${roomId}`;
}

/**
 * Puts a file into a ghost's room, for a message to show.
 * @throws AppError FORBIDDEN for all but ghosts, VALIDATION_FAILED, PAYLOAD_TOO_LARGE, RATE_LIMIT_EXCEEDED and those of
 * room access
 */
export async function addFile(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  sent: Sent | undefined,
): Promise<Attachment> {
  const { sql, limits, rooms } = services;
  if (viewer.tier !== "ghost") {
    throw new AppError("FORBIDDEN", { message: "Files can be sent in ghost rooms only, for now." });
  }
  const room = await accessRoom(rooms, viewer, "send", roomId);
  if (!sent || sent.bytes.length === 0) throw refusal("Choose a file first.");
  await limits.spend("upload", viewer.id);
  const file = { ...describe(room, sent), id: crypto.randomUUID(), roomId, uploaderId: viewer.id };
  // The row comes first: bytes that no row names would never be found again.
  const inserted = await sql.begin((sql) => insertFile(sql, file, ROOM_MAX_BYTES));
  if (inserted === "over") return await refuseOver(rooms, roomId);
  if (inserted === "full") {
    throw new AppError("PAYLOAD_TOO_LARGE", { message: "This room holds no more files." });
  }
  await keep(services, file, sent.bytes);
  const { id, name, type, size } = file;
  return { id, name, type, size, url: attachmentPath(roomId, id) };
}

/**
 * A file of a room, for somebody who may read there.
 * @throws AppError NOT_FOUND, and those of room access
 */
export async function openFile(
  { sql, storage, rooms }: Services,
  viewer: Viewer,
  roomId: RoomId,
  id: string,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  await accessRoom(rooms, viewer, "read", roomId);
  const file = UUID.test(id) ? await findFile(sql, roomId, id) : null;
  const stored = file && await storage.get(storageKey(roomId, id));
  if (!stored) throw new AppError("NOT_FOUND", { message: "This file is not there any more." });
  return { name: file.name, bytes: stored.bytes };
}

async function keep(
  { sql, storage, rooms }: Services,
  { id, roomId }: RoomFile,
  bytes: Uint8Array,
): Promise<void> {
  const key = storageKey(roomId, id);
  try {
    await storage.put(key, bytes, BYTES);
  } catch (error) {
    await removeFiles(sql, [id]);
    throw error;
  }
  // The room may have ended meanwhile, and all its files been taken away before this one was written.
  if (await findFile(sql, roomId, id)) return;
  await storage.remove(key);
  await refuseOver(rooms, roomId);
}

/** What the sender calls it, made fit to be shown; of sealed files nothing is known. */
function describe({ encrypted }: RoomInfo, { name, type, bytes }: Sent) {
  const size = bytes.length;
  if (encrypted) return { name: "", type: BYTES, size };
  const shown = [...name.normalize("NFC").replaceAll(UNFIT, "").trim()].slice(0, NAME_MAX).join("").trim();
  return {
    name: shown || "file",
    type: MIME_TYPE.test(type.toLowerCase()) ? type.toLowerCase() : BYTES,
    size,
  };
}

function refusal(message: string): AppError {
  return new AppError("VALIDATION_FAILED", { message, fields: { file: message } });
}
