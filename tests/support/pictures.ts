/** Pictures, good and bad, as people's cameras and enemies make them. */
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

export type Bytes = Uint8Array<ArrayBuffer>;

export const bytesOf = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;
export const own = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);
export const together = (...parts: Uint8Array[]): Bytes =>
  own(Uint8Array.from(parts.flatMap((part) => [...part])));
/** Everything in it as if it were text: for looking whether words are in there. */
export const asText = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);

/** A picture whose left half is red and whose right half is blue. */
export async function halves(width = 600, height = 400) {
  const half = { width: Math.floor(width / 2), height, channels: 3 as const, background: "#0000ff" };
  const blue = await sharp({ create: half }).png().toBuffer();
  return sharp({ create: { ...half, width, background: "#ff0000" } })
    .composite([{ input: blue, gravity: "east" }]);
}

export async function jpeg(width?: number, height?: number): Promise<Bytes> {
  return own(await (await halves(width, height)).jpeg().toBuffer());
}

/** As a camera of 12 megapixels leaves it: blotches of colour, so that neither coder has it easy. */
export async function photo(width = 4000, height = 3000): Promise<Bytes> {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 60 };
  const small = { width: width >> 3, height: height >> 3, channels: 3 as const, background: "#888", noise };
  const blotches = await sharp({ create: small }).png().toBuffer();
  return own(
    await sharp(blotches).resize(width, height, { kernel: "cubic" }).jpeg({ quality: 90 }).toBuffer(),
  );
}

export const CAMERA = "Lantern X100";
/** Lies on its side, and tells who took it, with what, and where. */
export async function withPlace(): Promise<Bytes> {
  const GPS = {
    GPSLatitudeRef: "N",
    GPSLatitude: "40/1 26/1 46/1",
    GPSLongitudeRef: "W",
    GPSLongitude: "3/1 42/1 9/1",
  };
  const told = await (await halves()).jpeg()
    .withExif({ IFD0: { Make: CAMERA, Artist: "Somebody Real" }, IFD3: GPS }).toBuffer();
  return own(await sharp(told).keepExif().withMetadata({ orientation: 6 }).withXmp(XMP).toBuffer());
}
const XMP =
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="Somebody Real"/></rdf:RDF></x:xmpmeta>`;

/** A square that moves; one frame each 50 ms. */
export async function moving(frames: number, width = 120, height = 80): Promise<Bytes> {
  const square = { create: { width: 20, height: 20, channels: 4 as const, background: "#ffffff" } };
  const drawn = Array.from(
    { length: frames },
    (_, index) =>
      sharp({
        create: {
          width,
          height,
          channels: 4,
          background: { r: (index * 40) % 256, g: 90, b: 160, alpha: 1 },
        },
      })
        .composite([{ input: square, left: (index * 5) % (width - 20), top: 10 }]).png().toBuffer(),
  );
  return own(
    await sharp(await Promise.all(drawn), { join: { animated: true } }).gif({ delay: drawn.map(() => 50) })
      .toBuffer(),
  );
}

/** A PNG of one colour: black, one bit a pixel, so that a huge one is a small file. */
export function blackPng(width: number, height: number): Bytes {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 1);
  const rows = new Uint8Array((Math.ceil(width / 8) + 1) * height);
  return together(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  );
}

/** A PNG's chunk, with its checksum. */
export function chunk(name: string, data: Uint8Array): Bytes {
  const named = together(bytesOf(name), data);
  const frame = new DataView(new ArrayBuffer(8));
  frame.setUint32(0, data.length);
  frame.setUint32(4, crc32(named));
  const [length, sum] = [new Uint8Array(frame.buffer, 0, 4), new Uint8Array(frame.buffer, 4, 4)];
  return together(length, named, sum);
}

/** As a printer's workshop sends it: four inks. */
export async function cmykJpeg(): Promise<Bytes> {
  return own(await (await halves()).toColourspace("cmyk").jpeg().toBuffer());
}

export async function deepPng(): Promise<Bytes> {
  return own(await (await halves()).toColourspace("rgb16").png().toBuffer());
}

export const SVG =
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>`;
