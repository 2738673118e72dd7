import { dirname, join } from "node:path";
import { type ByteRange, demandKey, type Storage } from "./storage.ts";

/** Beside each file stands its type. */
const TYPE_FILE = ".type";
const OWNER_ONLY = { mode: 0o600 };
/** Bytes read at once. */
const PIECE = 64 * 1024;

/** Files in a folder of this machine, which its owner alone can read; the folder is made when it is needed. */
export function createDiskStorage(folder: string): Storage {
  const pathOf = (key: string) => {
    // A key's name never begins with a dot, so none meets a file that is being written.
    demandKey(key);
    if (key.endsWith(TYPE_FILE)) throw new TypeError(`not a storage key: ${key}`);
    return join(folder, key);
  };
  const typeOf = async (path: string) => {
    const type = await ifThere(Deno.readFile(path + TYPE_FILE));
    return type && new TextDecoder().decode(type);
  };
  return {
    put: async (key, bytes, type) => await write(pathOf(key), bytes, type),
    putStream: async (key, bytes, { type }) => await write(pathOf(key), bytes, type),
    async get(key) {
      const path = pathOf(key);
      const bytes = await ifThere(Deno.readFile(path));
      const type = bytes && await typeOf(path);
      return bytes && type ? { bytes, type } : null;
    },
    async open(key, range) {
      const path = pathOf(key);
      const type = await typeOf(path);
      const file = type && await ifThere(Deno.open(path));
      return type && file ? { bytes: await portion(file, range), type } : null;
    },
    async remove(key) {
      const path = pathOf(key);
      await ifThere(Deno.remove(path));
      await ifThere(Deno.remove(path + TYPE_FILE));
    },
    async removeFolder(key) {
      await ifThere(Deno.remove(pathOf(key), { recursive: true }));
    },
  };
}

/** Readers see the old file or the new one, never half of it. */
async function write(path: string, bytes: Uint8Array | ReadableStream<Uint8Array>, type: string) {
  const folder = dirname(path);
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  await replace(path, bytes, () => replace(path + TYPE_FILE, new TextEncoder().encode(type)));
}

/** @param beforehand is done once all bytes have come, before they take the place of others */
async function replace(
  path: string,
  bytes: Uint8Array | ReadableStream<Uint8Array>,
  beforehand?: () => Promise<void>,
): Promise<void> {
  const draft = join(dirname(path), `.${crypto.randomUUID()}`);
  try {
    await Deno.writeFile(draft, bytes, OWNER_ONLY);
    await beforehand?.();
    await Deno.rename(draft, path);
  } catch (error) {
    await ifThere(Deno.remove(draft));
    throw error;
  }
}

/** The file, or part of it, read as it is asked for. */
async function portion(
  file: Deno.FsFile,
  range?: ByteRange,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  if (range) await file.seek(range.first, Deno.SeekMode.Start);
  let left = range ? range.last - range.first + 1 : Infinity;
  return new ReadableStream({
    async pull(controller) {
      const piece = new Uint8Array(Math.min(PIECE, left));
      const read = left > 0 ? await file.read(piece) : null;
      if (read === null) {
        file.close();
        return controller.close();
      }
      left -= read;
      controller.enqueue(piece.subarray(0, read));
    },
    cancel: () => file.close(),
  }, { highWaterMark: 0 });
}

async function ifThere<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
