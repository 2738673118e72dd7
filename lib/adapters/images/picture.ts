import sharp, { type Sharp } from "sharp";
import { decoding, demandDecodable, type Format, orRefused, PIXELS_MAX } from "./decode.ts";
import { type Picture, SIDE_MAX, THUMB_SIDE } from "./images.ts";

/** A moving picture that has more, or more pixels in all its frames than any picture may, loses its end. */
const FRAMES_MAX = 300;
/** Moving pictures are made for a corner of the screen, and each frame costs. */
const MOVING_SIDE_MAX = 1024;
const PLACEHOLDER_SIDES = [16, 12, 8];
const PLACEHOLDER_MAX = 400;

const JPEG = { quality: 85 } as const;
/** `effort: 0` takes a third of the time of the default, for files a tenth larger. */
const WEBP = { quality: 82, effort: 0 } as const;
const THUMB = { quality: 75 } as const;

interface Written {
  bytes: Uint8Array;
  type: Picture["type"];
  width: number;
  /** Of one frame. */
  height: number;
}

/** @throws Refused */
export async function pictureFrom(sent: Uint8Array, maxBytes: number): Promise<Picture> {
  const { format, width, height, pages = 1 } = await demandDecodable(sent);
  const frames = Math.min(pages, FRAMES_MAX, Math.max(1, Math.floor(PIXELS_MAX / (width * height))));
  const written = frames > 1 ? await moving(sent, frames, maxBytes) : await still(sent, format, maxBytes);
  // From what we wrote ourselves: strangers' bytes are decoded once.
  const thumb = await sharp(written.bytes).resize(THUMB_SIDE, THUMB_SIDE, FIT).webp(THUMB).toBuffer();
  const placeholder = await placeholderOf(thumb);
  return {
    ...written,
    animated: frames > 1,
    thumb: new Uint8Array(thumb),
    ...(placeholder !== undefined && { placeholder }),
  };
}

const FIT = { fit: "inside", withoutEnlargement: true } as const;

/** In the format it came in, where browsers show that; one that is too large then becomes WebP, and smaller in the end. */
async function still(sent: Uint8Array, format: Format, maxBytes: number): Promise<Written> {
  const ways: ((picture: Sharp) => Sharp)[] = [
    ...(format === "jpeg" ? [(picture: Sharp) => picture.jpeg(JPEG)] : []),
    ...(format === "png" ? [(picture: Sharp) => picture.png()] : []),
    (picture) => picture.webp(WEBP),
    (picture) => picture.resize(SIDE_MAX / 2, SIDE_MAX / 2, FIT).webp(WEBP),
  ];
  return await firstThatFits(
    ways.map((way) => () => way(decoding(sent).resize(SIDE_MAX, SIDE_MAX, FIT))),
    maxBytes,
  );
}

async function moving(sent: Uint8Array, frames: number, maxBytes: number): Promise<Written> {
  const ways = [MOVING_SIDE_MAX, MOVING_SIDE_MAX / 2, MOVING_SIDE_MAX / 4].map((side) => () =>
    decoding(sent, frames).resize(side, side, FIT).webp(WEBP)
  );
  return await firstThatFits(ways, maxBytes);
}

/** The last way is taken however large it makes it: by then it is small enough for any limit one would set. */
async function firstThatFits(ways: (() => Sharp)[], maxBytes: number): Promise<Written> {
  for (const [index, way] of ways.entries()) {
    const { data, info } = await orRefused(way().toBuffer({ resolveWithObject: true }));
    if (data.length > maxBytes && index < ways.length - 1) continue;
    const { width, height, pageHeight, format } = info;
    const type: Picture["type"] = format === "jpeg" || format === "png" ? `image/${format}` : "image/webp";
    return { bytes: new Uint8Array(data), type, width, height: pageHeight ?? height };
  }
  throw new Error("there is no way to write a picture");
}

/** None for pictures that one can see through: it would show behind them. */
async function placeholderOf(thumb: Uint8Array): Promise<string | undefined> {
  if (!(await sharp(thumb).stats()).isOpaque) return undefined;
  for (const side of PLACEHOLDER_SIDES) {
    const webp = await sharp(thumb).resize(side, side, FIT).webp({ quality: 20, effort: 6 }).toBuffer();
    const address = `data:image/webp;base64,${webp.toString("base64")}`;
    if (address.length <= PLACEHOLDER_MAX) return address;
  }
}
