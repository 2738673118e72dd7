import { dirname, join } from "node:path";
import type { Storage } from "./storage.ts";

/** A name may not begin with a dot, so no key leads upwards, and none meets a file that is being written. */
const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
/** Beside each file stands its type. */
const TYPE_FILE = ".type";
const OWNER_ONLY = { mode: 0o600 };

/** Files in a folder of this machine, which its owner alone can read; the folder is made when it is needed. */
export function createDiskStorage(folder: string): Storage {
  const pathOf = (key: string) => {
    if (!KEY.test(key) || key.endsWith(TYPE_FILE)) throw new TypeError(`not a storage key: ${key}`);
    return join(folder, key);
  };
  return {
    async put(key, bytes, type) {
      const path = pathOf(key);
      await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await replace(path + TYPE_FILE, new TextEncoder().encode(type));
      await replace(path, bytes);
    },
    async get(key) {
      const path = pathOf(key);
      const bytes = await readIfThere(path);
      const type = bytes && await readIfThere(path + TYPE_FILE);
      return bytes && type && { bytes, type: new TextDecoder().decode(type) };
    },
    async remove(key) {
      const path = pathOf(key);
      await removeIfThere(path);
      await removeIfThere(path + TYPE_FILE);
    },
    removeFolder: (key) => removeIfThere(pathOf(key), { recursive: true }),
  };
}

/** Readers see the old file or the new one, never half of it. */
async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.${crypto.randomUUID()}`);
  try {
    await Deno.writeFile(draft, bytes, OWNER_ONLY);
    await Deno.rename(draft, path);
  } catch (error) {
    await removeIfThere(draft);
    throw error;
  }
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function removeIfThere(path: string, options?: Deno.RemoveOptions): Promise<void> {
  try {
    await Deno.remove(path, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
