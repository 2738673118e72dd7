import { findFile, findFiles, type FoundFile, type RoomFile } from "../../db/queries/files.ts";
import { type StoredAttachment, toAttachment } from "../../db/queries/rows.ts";
import type { Sql } from "../../db/client.ts";
import { AppError } from "../errors.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { Attachment, RoomInfo, Viewer } from "../protocol/types.ts";
import { accessRoom } from "../rooms/access.ts";
import type { RoomDirectory } from "../rooms/directory.ts";
import { isUploadId } from "./directory.ts";

/** Milliseconds in which a file may find its message, or is kept after that was deleted. */
export const KEPT_UNHELD = 24 * 60 * 60_000;
/** The clean-up must not take a file that is just being given to a message. */
const MARGIN = 60 * 60_000;

interface AccessServices {
  sql: Sql;
  rooms: RoomDirectory;
}

/**
 * The only way to a file: for those who may read its room, while a message shows it; before that for its sender alone.
 * @throws AppError NOT_FOUND, and those of room access
 */
export async function accessFile(
  { sql, rooms }: AccessServices,
  viewer: Viewer | null,
  roomId: RoomId,
  id: string,
): Promise<RoomFile> {
  await accessRoom(rooms, viewer, "read", roomId);
  const file = isUploadId(id) ? await findFile(sql, roomId, id) : null;
  const there = file && (file.state === "held" || (file.state === "new" && isOwn(file, viewer)));
  if (!there) throw new AppError("NOT_FOUND", { message: "This file is not there any more." });
  return file;
}

/**
 * Files that an author gives to a message: their own, sent into this room, and shown by no other message.
 * @returns them in the order asked for, as the message keeps them
 * @throws AppError NOT_FOUND
 */
export async function accessFilesToAttach(
  { sql, rooms }: AccessServices,
  author: Viewer,
  room: RoomInfo,
  ids: readonly string[],
): Promise<Attachment[]> {
  const wanted = [...new Set(ids)];
  const files = await findFiles(sql, room.id, wanted);
  const since = rooms.now() - KEPT_UNHELD + MARGIN;
  const free = files.filter((file) =>
    isOwn(file, author) && file.state === "new" && file.letGoAt!.getTime() > since
  );
  if (free.length < wanted.length) {
    throw new AppError("NOT_FOUND", { message: "A file of this message is not there. Attach it again." });
  }
  return free.map(attachmentOf);
}

/** As messages show it. */
export function attachmentOf(file: RoomFile): Attachment {
  const { id, name, type, size, picture } = file;
  const stored: StoredAttachment = { id, name, type, size };
  if (picture) {
    const { width, height, animated, placeholder } = picture;
    Object.assign(stored, {
      width,
      height,
      ...(animated && { animated }),
      ...(placeholder && { placeholder }),
    });
  }
  return toAttachment(file.roomId, stored);
}

function isOwn({ uploaderId }: FoundFile, viewer: Viewer | null): boolean {
  return viewer !== null && uploaderId === viewer.id;
}
