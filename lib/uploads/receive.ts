import { findUpload, noteReceived, type Upload, withdrawUpload } from "../../db/queries/uploads.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { accessToSend } from "./begin.ts";
import { BYTES } from "./content_type.ts";
import { blobKey, isUploadId, removeSent } from "./directory.ts";
import { gone, incomplete, overrun } from "./refusals.ts";

type Body = ReadableStream<Uint8Array>;

/**
 * Takes the bytes of an upload, on their way to the store; never more than were announced, and nothing stays of fewer. Sent
 * again, the new ones count.
 * @param length of the body, when its sender says
 * @throws AppError NOT_FOUND, BAD_REQUEST for fewer bytes, PAYLOAD_TOO_LARGE for more, and those of room access
 */
export async function receiveUpload(
  services: Services,
  viewer: Viewer,
  id: string,
  { body, length }: { body: Body | null; length?: number },
): Promise<void> {
  const upload = await accessUpload(services, viewer, id);
  if (length !== undefined && length > upload.size) throw overrun();
  if (!body || (length !== undefined && length < upload.size)) throw incomplete();
  const blob = crypto.randomUUID();
  const file = { size: upload.size, type: BYTES };
  try {
    await services.storage.putStream(blobKey({ ...upload, blob }), exactly(body, upload.size), file);
  } catch (error) {
    // What was being written goes with an upload that is taken back.
    throw await findUpload(services.sql, id, viewer.id) ? error : gone();
  }
  await noted(services, viewer, upload, blob);
}

/** As {@link receiveUpload}, for bytes that are here already. */
export async function receiveBytes(
  services: Services,
  viewer: Viewer,
  id: string,
  bytes: Uint8Array,
): Promise<void> {
  const upload = await accessUpload(services, viewer, id);
  const blob = crypto.randomUUID();
  await services.storage.put(blobKey({ ...upload, blob }), bytes, BYTES);
  await noted(services, viewer, upload, blob);
}

/** Takes an upload back, wherever it is on its way. Harmless when there is none. */
export async function cancelUpload({ sql, storage }: Services, viewer: Viewer, id: string): Promise<void> {
  if (!isUploadId(id) || !await findUpload(sql, id, viewer.id)) return;
  await withdrawUpload(sql, id, (received) => removeSent(storage, received));
}

async function accessUpload(services: Services, viewer: Viewer, id: string): Promise<Upload> {
  const upload = isUploadId(id) ? await findUpload(services.sql, id, viewer.id) : null;
  if (!upload) throw gone();
  await accessToSend(services, viewer, upload.roomId);
  return upload;
}

async function noted(services: Services, viewer: Viewer, upload: Upload, blob: string): Promise<void> {
  const { sql, storage, rooms } = services;
  const received = await noteReceived(sql, upload.id, blob);
  if (received?.replaced) await removeSent(storage, { ...upload, blob: received.replaced });
  if (received) return;
  await removeSent(storage, { ...upload, blob });
  rooms.forget(upload.roomId);
  await accessToSend(services, viewer, upload.roomId);
  throw gone();
}

/** The same bytes, one piece in memory at a time; an error when they are not so many, or their sender went away. */
function exactly(body: Body, size: number): Body {
  const reader = body.getReader();
  let left = size;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read().catch(() => {
        throw incomplete();
      });
      if (done) {
        if (left > 0) throw incomplete();
        return controller.close();
      }
      left -= value.byteLength;
      if (left < 0) {
        await reader.cancel().catch(() => {});
        throw overrun();
      }
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}
