import type { StoredFile } from "../adapters/storage/storage.ts";
import { isWebRefusal, type WebAnswer, type WebAsk, WebRefusal } from "../adapters/web/web.ts";
import { encodeBase64Url } from "../base64url.ts";
import type { Services } from "../services.ts";
import type { PreviewPicture } from "./preview.ts";

export const PICTURE_MAX = 5 * 1024 * 1024;
const TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"];
/** Pixels the small copy may be wide and high. */
const BOX = { width: 560, height: 420 };
/** Pixels; smaller ones count visits or stand in browsers' tabs. */
const SMALLEST = 48;
/** 128 bits: nobody finds a picture by guessing. */
const KEY_BYTES = 16;

/** Fetches a page's picture and keeps a small copy, written anew. Without one a preview is still a preview. */
export async function keepPicture(
  { web, images, storage }: Pick<Services, "web" | "images" | "storage">,
  url: URL,
  { until, visiting }: Pick<WebAsk, "until" | "visiting">,
): Promise<PreviewPicture | undefined> {
  try {
    const ask: WebAsk = { types: TYPES, bytesMax: PICTURE_MAX, until, visiting };
    const small = await images.thumbnail(await web.get(url, ask, wholeOf), BOX);
    if (small.refused !== undefined || small.width < SMALLEST || small.height < SMALLEST) return undefined;
    const key = encodeBase64Url(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
    await storage.put(keyOf(key), small.bytes, "image/webp");
    return { key, width: small.width, height: small.height };
  } catch (error) {
    if (isWebRefusal(error)) return undefined;
    throw error;
  }
}

/** Harmless when there is none. */
export async function removePicture({ storage }: Pick<Services, "storage">, key: string): Promise<void> {
  await storage.remove(keyOf(key));
}

/** The picture by the name its address ends in, `KEY.webp`; `null` when there is none. */
export async function findPicture(
  { storage }: Pick<Services, "storage">,
  name: string,
): Promise<StoredFile | null> {
  const key = /^([A-Za-z0-9_-]{22})\.webp$/.exec(name)?.[1];
  return key === undefined ? null : await storage.get(keyOf(key));
}

function keyOf(key: string): string {
  return `previews/${key}.webp`;
}

/** @throws WebRefusal `too-large` before anything is read, when the server says so itself */
async function wholeOf({ length = 0, body }: WebAnswer): Promise<Uint8Array> {
  if (length > PICTURE_MAX) throw new WebRefusal("too-large");
  return new Uint8Array(await new Blob(await Array.fromAsync(body) as BlobPart[]).arrayBuffer());
}
