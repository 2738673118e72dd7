import { decoding, demandDecodable, orRefused } from "./decode.ts";
import type { Box } from "./images.ts";

const QUALITY = 82;

/** @throws Refused */
export async function smallPicture(bytes: Uint8Array, box: Box): Promise<Box & { bytes: Uint8Array }> {
  await demandDecodable(bytes);
  const { data, info } = await orRefused(
    decoding(bytes).resize({ ...box, fit: "inside", withoutEnlargement: true }).webp({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true }),
  );
  return { bytes: new Uint8Array(data), width: info.width, height: info.height };
}
