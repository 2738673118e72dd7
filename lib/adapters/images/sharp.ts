import sharp from "sharp";
import { Turnstile } from "../../turnstile.ts";
import { AVATAR_SIZES, type AvatarSize } from "../../protocol/avatars.ts";
import type { Images } from "./images.ts";

/** Above this a small file can fill the memory. */
const PIXELS_MAX = 40_000_000;
const DECODE_SECONDS = 10;
/** A picture that must be turned is held whole: some 160 MB for the largest. */
const DECODED_AT_ONCE = 2;
const LARGEST = Math.max(...AVATAR_SIZES);
const QUALITY = 82;

const NOT_A_PICTURE = "That is not a picture we can read. Use a JPEG, PNG, WebP, AVIF or GIF file.";
const DAMAGED = "That picture is damaged or not complete. Try another copy of it.";
const TOO_MANY_PIXELS = "That picture has more than 40 megapixels. Make it smaller and try again.";

/** Why a picture cannot be used. */
class Refused extends Error {}

/** Decoding by libvips, on threads of its own. */
export function createImages(): Images {
  const turnstile = new Turnstile(DECODED_AT_ONCE);
  return {
    async squares(bytes) {
      try {
        return { pictures: await turnstile.pass(() => squarePictures(bytes)) };
      } catch (error) {
        if (error instanceof Refused) return { refused: error.message };
        throw error;
      }
    },
  };
}

type Format = "jpeg" | "png" | "webp" | "gif" | "heif";

async function squarePictures(bytes: Uint8Array): Promise<Map<AvatarSize, Uint8Array>> {
  const format = formatOf(bytes);
  if (!format) throw new Refused(NOT_A_PICTURE);
  await demandDecodable(bytes, format);
  const square = await decode(bytes);
  const sizes = AVATAR_SIZES.map(async (size) => {
    const { data, info } = square;
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const webp = await sharp(data, { raw }).resize(size, size).webp({ quality: QUALITY }).toBuffer();
    return [size, new Uint8Array(webp)] as const;
  });
  return new Map(await Promise.all(sizes));
}

/** Its header must tell the same format as its first bytes, and a size that we can hold. */
async function demandDecodable(bytes: Uint8Array, format: Format): Promise<void> {
  const header = await sharp(bytes, { limitInputPixels: false }).metadata().catch(() => null);
  if (!header) throw new Refused(DAMAGED);
  if (header.format !== format) throw new Refused(NOT_A_PICTURE);
  if (header.width * header.height > PIXELS_MAX) throw new Refused(TOO_MANY_PIXELS);
}

async function decode(bytes: Uint8Array) {
  try {
    return await sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: "error" })
      .timeout({ seconds: DECODE_SECONDS })
      .autoOrient()
      .resize(LARGEST, LARGEST, { fit: "cover" })
      .toColourspace("srgb")
      .raw().toBuffer({ resolveWithObject: true });
  } catch {
    throw new Refused(DAMAGED);
  }
}

/**
 * The format by its first bytes. Only these reach the decoder, which would read SVG, PDF and more: larger doors than
 * a portrait needs.
 */
function formatOf(bytes: Uint8Array): Format | null {
  const text = String.fromCharCode(...bytes.subarray(0, 16));
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return "gif";
  return /^(avif|avis)$/.test(text.slice(8, 12)) && text.slice(4, 8) === "ftyp" ? "heif" : null;
}
