/** Where the store keeps what was sent into rooms. */
import type { Storage } from "../adapters/storage/storage.ts";
import type { RoomId } from "../protocol/ids.ts";

/** Bytes under a name that was drawn for them alone: what lies under a key never changes. */
export interface Blob {
  roomId: RoomId;
  blob: string;
}

export function blobKey({ roomId, blob }: Blob): string {
  return `${roomFolder(roomId)}/${blob}`;
}

/** A picture's small copy. */
export function thumbKey(of: Blob): string {
  return `${blobKey(of)}-thumb`;
}

/** All that was sent into a room, finished or not. */
export function roomFolder(roomId: RoomId): string {
  return `rooms/${roomId}`;
}

/** Takes a file's bytes away, and a picture's small copy. Harmless when they are not there. */
export async function removeBlob(storage: Storage, of: Blob & { isPicture: boolean }): Promise<void> {
  await storage.remove(blobKey(of));
  if (of.isPicture) await storage.remove(thumbKey(of));
}

/** As {@link removeBlob}, for bytes as they were sent. */
export function removeSent(storage: Storage, of: Blob): Promise<void> {
  return storage.remove(blobKey(of));
}

/** Uploads and files are named by UUIDs; what is none would be a mistake to the database. */
export function isUploadId(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}
