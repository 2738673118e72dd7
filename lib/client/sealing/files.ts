/** Sealing and opening a whole file in memory: with 10 MiB at most there is no need for chunks. */
import { FILE_MAX_BYTES } from "../../protocol/limits.ts";
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import type { RoomKeys } from "./key.ts";
import type { SealedFile } from "./words.ts";

const IV_BYTES = 12;
/** Smaller files are padded to this: below it there is no step to speak of. */
const LEAST_BYTES = 256;
/**
 * What is shown as a picture. Everything else is only ever downloaded: a page that was opened from a `blob:` address
 * would run with this site's rights.
 */
const PICTURES = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"]);

export interface SealedBlob {
  /** What the server gets: neither name nor type, and a length that says little about the file's. */
  blob: Blob;
  iv: string;
}

/**
 * The ciphertext has 16 bytes more than the padded file, for which the server leaves room.
 * @throws {RangeError} for a file of more than 10 MiB
 */
export async function sealFile(keys: RoomKeys, file: Blob): Promise<SealedBlob> {
  if (file.size > FILE_MAX_BYTES) throw new RangeError("larger than a file may be");
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const padded = new Uint8Array(padme(Math.max(LEAST_BYTES, file.size)));
  padded.set(new Uint8Array(await file.arrayBuffer()));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: boundTo(keys) },
    keys.files,
    padded,
  );
  return { blob: new Blob([sealed], { type: "application/octet-stream" }), iv: toBase64Url(iv) };
}

/** @returns null when it is not the file that the message speaks of, or was tampered with */
export async function openFile(keys: RoomKeys, sealed: Blob, file: SealedFile): Promise<Blob | null> {
  const iv = fromBase64Url(file.iv);
  if (iv?.length !== IV_BYTES) return null;
  try {
    const opened = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv, additionalData: boundTo(keys) },
      keys.files,
      await sealed.arrayBuffer(),
    );
    if (file.size > opened.byteLength) return null;
    const type = isPicture(file) ? file.type : "application/octet-stream";
    return new Blob([opened.slice(0, file.size)], { type });
  } catch {
    return null;
  }
}

/** Shown in the conversation once it is open. */
export function isPicture(file: Pick<SealedFile, "type">): boolean {
  return PICTURES.has(file.type);
}

/**
 * The length to which `size` bytes are padded: at most 12 % more, and lengths of a magnitude share a few values.
 * Source: PADMÉ, in Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs",
 * PoPETs 2019(4).
 */
export function padme(size: number): number {
  const exponent = Math.floor(Math.log2(size));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - kept);
  return Math.ceil(size / step) * step;
}

function boundTo({ token }: RoomKeys): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(["parley ghost file v1", token]));
}
