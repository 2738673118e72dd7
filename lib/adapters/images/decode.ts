/** What holds for every picture that somebody sent, before and while it is decoded. */
import sharp, { type Metadata, type Sharp } from "sharp";

/** Above this a small file can fill the memory. Of moving pictures all frames count. */
export const PIXELS_MAX = 40_000_000;
const SECONDS = 20;

const NOT_A_PICTURE = "That is not a picture we can read. Use a JPEG, PNG, WebP, AVIF or GIF file.";
const DAMAGED = "That picture is damaged or not complete. Try another copy of it.";
const TOO_MANY_PIXELS = "That picture has more than 40 megapixels. Make it smaller and try again.";

/** Why a picture cannot be used. */
export class Refused extends Error {}

export type Format = "jpeg" | "png" | "webp" | "gif" | "heif";

/**
 * The format by its first bytes. Only these reach the decoder, which would read SVG, PDF and more: larger doors than
 * a picture needs.
 */
export function formatOf(bytes: Uint8Array): Format | null {
  const text = String.fromCharCode(...bytes.subarray(0, 16));
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return "gif";
  return /^(avif|avis)$/.test(text.slice(8, 12)) && text.slice(4, 8) === "ftyp" ? "heif" : null;
}

/**
 * Its header must tell the same format as its first bytes, and a size that we can hold: nothing is decoded before that.
 * @throws Refused
 */
export async function demandDecodable(bytes: Uint8Array): Promise<Metadata & { format: Format }> {
  const format = formatOf(bytes);
  if (!format) throw new Refused(NOT_A_PICTURE);
  const header = await sharp(bytes, { limitInputPixels: false }).metadata().catch(() => null);
  if (!header) throw new Refused(DAMAGED);
  if (header.format !== format) throw new Refused(NOT_A_PICTURE);
  if (header.width * header.height > PIXELS_MAX) throw new Refused(TOO_MANY_PIXELS);
  return { ...header, format };
}

/** The picture the way it was taken, its colours those of every screen. @param frames of a moving one */
export function decoding(bytes: Uint8Array, frames = 1): Sharp {
  return sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: "error", pages: frames })
    .timeout({ seconds: SECONDS })
    .autoOrient()
    .toColourspace("srgb");
}

/** @throws Refused when the decoder breaks on it, or takes too long */
export async function orRefused<Value>(decoded: Promise<Value>): Promise<Value> {
  try {
    return await decoded;
  } catch {
    throw new Refused(DAMAGED);
  }
}
