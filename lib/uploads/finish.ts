import { findOwnFile, type RoomFile } from "../../db/queries/files.ts";
import {
  claimUpload,
  completeUpload,
  findUpload,
  releaseUpload,
  type Upload,
  withdrawUpload,
} from "../../db/queries/uploads.ts";
import { AppError, isAppError } from "../errors.ts";
import type { Attachment, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { attachmentOf } from "./access.ts";
import { accessToSend } from "./begin.ts";
import { BYTES } from "./content_type.ts";
import { isUploadId, removeBlob, removeSent } from "./directory.ts";
import { fileFrom } from "./make.ts";
import { gone } from "./refusals.ts";

/** Milliseconds after which somebody who is making a file has fallen silent. */
const LEASE = 2 * 60_000;

type Claimed = Upload & { blob: string };

/**
 * Makes an upload, whose bytes have come, a file for a message to show. Asked again, it answers the same.
 * @throws AppError VALIDATION_FAILED with what is wrong with a picture; NOT_FOUND; BAD_REQUEST when the bytes have not come;
 * UPLOAD_BUSY while somebody else does this; and those of room access
 */
export async function finishUpload(services: Services, viewer: Viewer, id: string): Promise<Attachment> {
  const { sql, storage, clock } = services;
  const now = clock();
  const claim = { id, userId: viewer.id, at: new Date(now), since: new Date(now - LEASE) };
  const claimed = isUploadId(id) ? await claimUpload(sql, claim) : null;
  if (!claimed) return await finishedBefore(services, viewer, id);
  try {
    const room = await accessToSend(services, viewer, claimed.roomId);
    const file = room.encrypted ? sealedFile(claimed) : await fileFrom(services, claimed);
    return await settled(services, viewer, claimed, file);
  } catch (error) {
    // What is wrong with a file stays wrong; what went wrong here may go well the next time.
    if (isAppError(error)) await withdrawUpload(sql, id, (received) => removeSent(storage, received));
    else await releaseUpload(sql, id);
    throw error;
  }
}

/** Bytes that its people alone can read. */
function sealedFile({ userId, ...upload }: Claimed): RoomFile {
  return { ...upload, uploaderId: userId, name: "", type: BYTES };
}

async function settled(
  services: Services,
  viewer: Viewer,
  claimed: Claimed,
  file: RoomFile,
): Promise<Attachment> {
  const { sql, storage, rooms } = services;
  const completed = await completeUpload(sql, file);
  if (completed === "ok") {
    if (file.picture) await removeSent(storage, claimed);
    return attachmentOf(file);
  }
  // What was sent belongs to whoever came before us.
  if (file.picture) await removeBlob(storage, { ...file, isPicture: true });
  if (completed === "gone") return await finishedBefore(services, viewer, claimed.id);
  rooms.forget(file.roomId);
  await accessToSend(services, viewer, file.roomId);
  throw gone();
}

/** Nobody can claim it: because it is a file already, or being made one, or not there at all. */
async function finishedBefore({ sql }: Services, viewer: Viewer, id: string): Promise<Attachment> {
  if (!isUploadId(id)) throw gone();
  const upload = await findUpload(sql, id, viewer.id);
  if (upload?.blob === null) {
    throw new AppError("BAD_REQUEST", {
      message: "The bytes of this file have not come yet. Send them first.",
    });
  }
  if (upload) throw new AppError("UPLOAD_BUSY", { retryAfter: 1 });
  const file = await findOwnFile(sql, id, viewer.id);
  if (!file) throw gone();
  return attachmentOf(file);
}
