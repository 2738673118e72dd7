import sharp from "sharp";
import { AVATAR_SIZES, type AvatarSize } from "../../protocol/avatars.ts";
import { decoding, demandDecodable, orRefused } from "./decode.ts";

const LARGEST = Math.max(...AVATAR_SIZES);
const QUALITY = 82;

/** @throws Refused */
export async function squarePictures(bytes: Uint8Array): Promise<Map<AvatarSize, Uint8Array>> {
  await demandDecodable(bytes);
  const square = await orRefused(
    decoding(bytes).resize(LARGEST, LARGEST, { fit: "cover" }).raw().toBuffer({ resolveWithObject: true }),
  );
  const sizes = AVATAR_SIZES.map(async (size) => {
    const { data, info } = square;
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const webp = await sharp(data, { raw }).resize(size, size).webp({ quality: QUALITY }).toBuffer();
    return [size, new Uint8Array(webp)] as const;
  });
  return new Map(await Promise.all(sizes));
}
