/**
 * What a sealed message holds: JSON, padded with spaces (which JSON ignores) to one of a few lengths, so that the
 * ciphertext does not tell how much was said.
 */
import { ATTACHMENTS_MAX, MESSAGE_MAX_CHARACTERS } from "../../protocol/limits.ts";

/** A file as its message describes it. The server keeps the ciphertext under `id`, and knows none of the rest. */
export interface SealedFile {
  id: string;
  /** The file's own IV: no other ciphertext opens under it, so files cannot be exchanged. */
  iv: string;
  name: string;
  /** MIME type as the sender's browser named it. Not to be trusted: see `openFile`. */
  type: string;
  /** Bytes before sealing. */
  size: number;
  /** Pixels, for pictures: their place is kept while they load. */
  width?: number;
  height?: number;
}

export interface SealedWords {
  text: string;
  files: readonly SealedFile[];
}

/**
 * Bytes. The last one holds 2,000 characters of four bytes and four files, and makes 11,988 characters of sealed text,
 * just below the 12,000 that the server takes.
 */
export const BUCKETS = [256, 512, 1024, 2048, 4096, 8960] as const;
/** Bytes of a file's name, with its message's room to spare and without. */
const NAME_BYTES = [160, 24] as const;
/** Longer ones are of no use: what is no picture goes by its name. */
const TYPE = /^[\w.+/-]{1,32}$/;
const SPACE = 0x20;

const encoder = new TextEncoder();

/**
 * @throws {RangeError} for a text of more than 2,000 characters, or more than four files
 */
export function packWords({ text, files }: SealedWords): Uint8Array<ArrayBuffer> {
  if ([...text].length > MESSAGE_MAX_CHARACTERS || files.length > ATTACHMENTS_MAX) {
    throw new RangeError("more than a message holds");
  }
  for (const nameBytes of NAME_BYTES) {
    const list = files.map((file) => fitted(file, nameBytes));
    const json = JSON.stringify({ v: 1, text: clean(text), ...(list.length > 0 && { files: list }) });
    const bytes = encoder.encode(json);
    const size = BUCKETS.find((bucket) => bytes.length <= bucket);
    if (size === undefined) continue;
    const padded = new Uint8Array(size).fill(SPACE);
    padded.set(bytes);
    return padded;
  }
  throw new RangeError("more than a message holds");
}

/** @returns null for what is no message of ours. People with the key may send anything: nothing here is trusted. */
export function unpackWords(bytes: Uint8Array): SealedWords | null {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const { v, text, files = [] } = value;
    if (v !== 1 || typeof text !== "string" || [...text].length > MESSAGE_MAX_CHARACTERS) return null;
    if (!Array.isArray(files) || files.length > ATTACHMENTS_MAX || !files.every(isFile)) return null;
    return { text: clean(text), files: files.map(described) };
  } catch {
    return null;
  }
}

/**
 * Control characters show nothing, and JSON spends six bytes on each. Tabs and line breaks stay; halves of surrogate
 * pairs, which UTF-8 does not have, become U+FFFD as they do everywhere else.
 */
function clean(text: string): string {
  return text.toWellFormed().replaceAll(/[^\P{Cc}\t\n\r]/gu, "\u{FFFD}");
}

function fitted(file: SealedFile, nameBytes: number): SealedFile {
  return {
    ...described(file),
    name: shortened(clean(file.name), nameBytes),
    type: TYPE.test(file.type) ? file.type : "",
  };
}

/** Cut before the extension, which is what tells the reader's machine what to do with it. */
function shortened(name: string, bytes: number): string {
  const length = (part: string) => encoder.encode(JSON.stringify(part)).length - 2;
  if (length(name) <= bytes) return name;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? "";
  let rest = [...name.slice(0, name.length - extension.length)];
  while (rest.length > 0 && length(`${rest.join("")}…${extension}`) > bytes) rest = rest.slice(0, -1);
  return `${rest.join("")}…${extension}`;
}

function isFile(value: unknown): value is SealedFile {
  const file = value as Partial<SealedFile> | null;
  const counts = [file?.size, file?.width ?? 1, file?.height ?? 1];
  return typeof file?.name === "string" && typeof file.type === "string" &&
    /^[0-9a-f-]{36}$/.test(file.id ?? "") && /^[A-Za-z0-9_-]{16}$/.test(file.iv ?? "") &&
    counts.every((count) => Number.isSafeInteger(count) && count! >= 0);
}

/** These fields and no others. Names that turn the reading direction could show one extension and have another. */
function described({ id, iv, name, type, size, width, height }: SealedFile): SealedFile {
  const place = width && height ? { width, height } : {};
  const shown = clean(name).replaceAll(/[\t\n\r\u202A-\u202E\u2066-\u2069]/g, "");
  return { id, iv, name: shown, type, size, ...place };
}
