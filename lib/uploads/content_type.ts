import { fileTypeFromBuffer } from "file-type";

/** Bytes from a file's beginning that are enough to tell what it is. */
export const HEAD = 4100;
export const BYTES = "application/octet-stream";

/** Types that one may speak of. Browsers run none of these; and are given none: all leave as bytes, to be saved. */
const SPOKEN_OF =
  /^(audio|video|font|image)\/[\w.+-]+$|^application\/(pdf|zip|gzip|x-7z-compressed|x-rar-compressed|x-tar|epub\+zip|rtf|msword|vnd\.[\w.+-]+)$/;
const UNSPOKEN = /svg|xml$/;
// deno-lint-ignore no-control-regex -- it is control characters that no text has
const NO_TEXT = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/;

/** The MIME type of a file that is no picture, by how it begins and never by its name. */
export async function contentType(head: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found) return SPOKEN_OF.test(found.mime) && !UNSPOKEN.test(found.mime) ? found.mime : BYTES;
  return isText(head) ? "text/plain" : BYTES;
}

function isText(head: Uint8Array): boolean {
  try {
    // A character may well be cut in two at the end.
    return !NO_TEXT.test(new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true }));
  } catch {
    return false;
  }
}
