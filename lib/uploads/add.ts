import type { RoomId } from "../protocol/ids.ts";
import { ATTACHMENTS_MAX } from "../protocol/limits.ts";
import type { Attachment, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { beginUpload } from "./begin.ts";
import { finishUpload } from "./finish.ts";
import { cancelUpload, receiveBytes } from "./receive.ts";
import { refuseFile } from "./refusals.ts";

/** A file that came with its form. */
export interface Sent {
  /** As the sender says. */
  name: string;
  bytes: Uint8Array;
}

/**
 * Begins, takes and finishes a small file in one go.
 * @throws AppError as the three of them do, and VALIDATION_FAILED without a file
 */
export async function addFile(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  sent: Sent | undefined,
): Promise<Attachment> {
  if (!sent) throw refuseFile("Choose a file first.");
  const { id } = await beginUpload(services, viewer, roomId, { name: sent.name, size: sent.bytes.length });
  try {
    await receiveBytes(services, viewer, id, sent.bytes);
    return await finishUpload(services, viewer, id);
  } catch (error) {
    // Whoever sends it again begins anew.
    await cancelUpload(services, viewer, id).catch(() => {});
    throw error;
  }
}

/**
 * The files of one message, as a page without scripts sends them.
 * @throws AppError as {@link addFile} does, and VALIDATION_FAILED for more than a message takes
 */
export async function addFiles(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  sent: readonly Sent[],
): Promise<Attachment[]> {
  if (sent.length > ATTACHMENTS_MAX) throw refuseFile(`A message takes ${ATTACHMENTS_MAX} files at most.`);
  const added: Attachment[] = [];
  for (const file of sent) added.push(await addFile(services, viewer, roomId, file));
  return added;
}
