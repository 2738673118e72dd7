import type { RoomFile } from "../../db/queries/files.ts";
import type { Upload } from "../../db/queries/uploads.ts";
import type { Picture } from "../adapters/images/images.ts";
import type { Services } from "../services.ts";
import { contentType, HEAD } from "./content_type.ts";
import { blobKey, removeBlob, thumbKey } from "./directory.ts";
import { pictureName } from "./names.ts";
import { gone, refuseFile } from "./refusals.ts";

type Received = Upload & { blob: string };

/**
 * What bytes that were sent become: pictures are written anew, everything else is told apart by its content and kept as it
 * is, to be saved and never shown.
 * @throws AppError VALIDATION_FAILED for pictures that cannot be used
 */
export async function fileFrom(services: Services, received: Received): Promise<RoomFile> {
  const head = await headOf(services, received);
  if (services.images.isPicture(head)) return await pictureFile(services, received);
  const { userId, ...file } = received;
  return { ...file, uploaderId: userId, type: await contentType(head) };
}

async function pictureFile(services: Services, received: Received): Promise<RoomFile> {
  const { images, config } = services;
  const made = await images.picture(() => wholeOf(services, received), config.uploads.maxFileBytes);
  if (made.refused !== undefined) throw refuseFile(made.refused);
  const { bytes, type, width, height, animated, placeholder } = made.picture;
  const { id, roomId, userId, name } = received;
  const blob = await keep(services, received, made.picture);
  return {
    ...{ id, roomId, uploaderId: userId, name: pictureName(name, type), type, size: bytes.length, blob },
    picture: { width, height, animated, ...(placeholder !== undefined && { placeholder }) },
  };
}

/** Beside what was sent, which goes when the file is settled. */
async function keep({ storage }: Services, { roomId }: Received, picture: Picture): Promise<string> {
  const blob = crypto.randomUUID();
  try {
    await storage.put(blobKey({ roomId, blob }), picture.bytes, picture.type);
    await storage.put(thumbKey({ roomId, blob }), picture.thumb, "image/webp");
  } catch (error) {
    await removeBlob(storage, { roomId, blob, isPicture: true });
    throw error;
  }
  return blob;
}

async function headOf({ storage }: Services, received: Received): Promise<Uint8Array> {
  const last = Math.min(HEAD, received.size) - 1;
  const opened = await storage.open(blobKey(received), { first: 0, last });
  if (!opened) throw gone();
  return new Uint8Array(await new Response(opened.bytes).arrayBuffer());
}

async function wholeOf({ storage }: Services, received: Received): Promise<Uint8Array> {
  const stored = await storage.get(blobKey(received));
  if (!stored) throw gone();
  return stored.bytes;
}
