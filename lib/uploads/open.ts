import type { ByteRange } from "../adapters/storage/storage.ts";
import { AppError } from "../errors.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { accessFile } from "./access.ts";
import { blobKey, thumbKey } from "./directory.ts";
import { BYTES } from "./content_type.ts";

/** A file that somebody may have, its bytes still in the store. */
export interface OpenedFile {
  name: string;
  /** A picture that we wrote ourselves; all else is for saving only. */
  isPicture: boolean;
  /** As browsers are told: bytes, unless it is a picture. */
  type: string;
  size: number;
  /** Names these very bytes. */
  tag: string;
  read(range?: ByteRange): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
}

/**
 * A file of a room, for somebody who may have it now.
 * @throws AppError NOT_FOUND, and those of room access
 */
export async function openFile(
  services: Services,
  viewer: Viewer | null,
  roomId: RoomId,
  id: string,
): Promise<OpenedFile> {
  const file = await accessFile(services, viewer, roomId, id);
  const { name, type, size, blob, picture } = file;
  return {
    ...{ name, isPicture: picture !== undefined, type: picture ? type : BYTES, size, tag: blob },
    async read(range) {
      const opened = await services.storage.open(blobKey(file), range);
      if (!opened) throw missing();
      return opened.bytes;
    },
  };
}

/** A picture's small copy. @throws AppError NOT_FOUND, also for what is no picture, and those of room access */
export async function openThumb(
  services: Services,
  viewer: Viewer | null,
  roomId: RoomId,
  id: string,
): Promise<OpenedFile> {
  const file = await accessFile(services, viewer, roomId, id);
  const stored = file.picture ? await services.storage.get(thumbKey(file)) : null;
  if (!stored) throw missing();
  const { bytes } = stored;
  return {
    ...{
      name: file.name,
      isPicture: true,
      type: "image/webp",
      size: bytes.length,
      tag: `${file.blob}-thumb`,
    },
    read: (range) => {
      const part = range ? bytes.subarray(range.first, range.last + 1) : bytes;
      return Promise.resolve(new Blob([part]).stream());
    },
  };
}

function missing(): AppError {
  return new AppError("NOT_FOUND", { message: "This file is not there any more." });
}
