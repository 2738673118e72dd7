/** What becomes of a picture before anybody sees it. */
import { expect } from "expect";
import sharp from "sharp";
import { type Picture, SIDE_MAX, THUMB_SIDE } from "../../lib/adapters/images/images.ts";
import { createImages } from "../../lib/adapters/images/sharp.ts";
import {
  asText,
  blackPng,
  bytesOf,
  CAMERA,
  chunk,
  cmykJpeg,
  deepPng,
  halves,
  jpeg,
  moving,
  own,
  SVG,
  together,
  withPlace,
} from "../support/pictures.ts";

const MIB = 1024 * 1024;
const images = createImages();
const DAMAGED = "That picture is damaged or not complete. Try another copy of it.";
const TOO_MANY = "That picture has more than 40 megapixels. Make it smaller and try again.";

async function made(bytes: Uint8Array, maxBytes = 10 * MIB): Promise<Picture> {
  const result = await images.picture(() => Promise.resolve(bytes), maxBytes);
  if (result.refused !== undefined) throw new Error(result.refused);
  return result.picture;
}

async function refused(bytes: Uint8Array): Promise<string | undefined> {
  return (await images.picture(() => Promise.resolve(bytes), 10 * MIB)).refused;
}

/** The colour at a place, both from 0 to 1. */
async function colourAt(bytes: Uint8Array, across: number, down: number): Promise<number[]> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [x, y] = [Math.floor(across * (info.width - 1)), Math.floor(down * (info.height - 1))];
  return [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)];
}

function expectRed([r, g, b]: number[]) {
  expect([r! > 180, g! < 80, b! < 80]).toEqual([true, true, true]);
}
function expectBlue([r, g, b]: number[]) {
  expect([r! < 80, g! < 100, b! > 130]).toEqual([true, true, true]);
}

Deno.test("a picture keeps its size and comes with a small copy and a placeholder", async () => {
  const picture = await made(await jpeg(1200, 800));
  expect(picture).toMatchObject({ type: "image/jpeg", width: 1200, height: 800, animated: false });
  expect(await sharp(picture.bytes).metadata()).toMatchObject({ format: "jpeg", width: 1200, height: 800 });
  expect(await sharp(picture.thumb).metadata()).toMatchObject({
    format: "webp",
    width: THUMB_SIDE,
    height: 320,
  });
  const [, base64] = picture.placeholder!.split("base64,");
  expect(picture.placeholder!.length).toBeLessThanOrEqual(400);
  const tiny = own(Uint8Array.fromBase64(base64!));
  expect(await sharp(tiny).metadata()).toMatchObject({ format: "webp", width: 16 });
  expectRed(await colourAt(tiny, 0.1, 0.5));
  expectBlue(await colourAt(tiny, 0.9, 0.5));
});

Deno.test("what the camera wrote is gone from every copy, and the picture stands the way it was taken", async () => {
  const sent = await withPlace();
  expect(asText(sent)).toContain(CAMERA);
  expect(asText(sent)).toContain("Somebody Real");
  expect(await sharp(sent).metadata()).toMatchObject({ orientation: 6, width: 600, height: 400 });
  const { bytes, thumb, placeholder, width, height } = await made(sent);
  expect([width, height]).toEqual([400, 600]);
  for (const copy of [bytes, thumb, Uint8Array.fromBase64(placeholder!.split(",")[1]!)]) {
    const left = await sharp(copy).metadata();
    for (const kind of ["exif", "xmp", "icc", "iptc", "orientation"]) expect(left).not.toHaveProperty(kind);
    expect(asText(copy)).not.toMatch(/Lantern|Somebody|GPS|Exif|xmpmeta/);
    expectRed(await colourAt(copy, 0.5, 0.02));
    expectBlue(await colourAt(copy, 0.5, 0.98));
  }
});

Deno.test("words in a PNG's chunks and a JPEG's comments are gone", async () => {
  const png = own(await (await halves(40, 40)).png().toBuffer());
  const spoken = together(
    png.subarray(0, 33),
    chunk("tEXt", bytesOf("Author\0Somebody Real")),
    png.subarray(33),
  );
  expect((await sharp(spoken).metadata()).comments).toEqual([{ keyword: "Author", text: "Somebody Real" }]);
  expect(asText((await made(spoken)).bytes)).not.toContain("Somebody");
  const plain = await jpeg(40, 40);
  const comment = bytesOf("Somebody Real");
  const marked = together(
    plain.subarray(0, 2),
    Uint8Array.of(0xff, 0xfe, 0, comment.length + 2),
    comment,
    plain.subarray(2),
  );
  expect(asText((await made(marked)).bytes)).not.toContain("Somebody");
});

Deno.test("four inks and sixteen bits become what every screen shows", async () => {
  for (const [sent, type] of [[await cmykJpeg(), "image/jpeg"], [await deepPng(), "image/png"]] as const) {
    const picture = await made(sent);
    expect(picture.type).toBe(type);
    expect(await sharp(picture.bytes).metadata()).toMatchObject({ space: "srgb", depth: "uchar" });
    expectRed(await colourAt(picture.bytes, 0.1, 0.5));
    expectBlue(await colourAt(picture.bytes, 0.9, 0.5));
  }
  expect((await sharp(await cmykJpeg()).metadata()).space).toBe("cmyk");
  expect((await sharp(await deepPng()).metadata()).depth).toBe("ushort");
});

Deno.test("GIF and AVIF that stand still become WebP", async () => {
  for (const format of ["gif", "avif", "webp"] as const) {
    const sent = own(await (await halves(80, 60)).toFormat(format).toBuffer());
    expect(await made(sent)).toMatchObject({ type: "image/webp", animated: false, width: 80, height: 60 });
  }
});

Deno.test("a moving picture goes on moving at its own pace, and its small copy stands still", async () => {
  const picture = await made(await moving(12));
  expect(picture).toMatchObject({ type: "image/webp", animated: true, width: 120, height: 80 });
  const { pages, delay } = await sharp(picture.bytes).metadata();
  expect([pages, new Set(delay)]).toEqual([12, new Set([50])]);
  expect(await sharp(picture.thumb).metadata()).toMatchObject({ width: 120, height: 80 });
  expect((await sharp(picture.thumb).metadata()).pages ?? 1).toBe(1);
});

Deno.test("a moving picture of too many frames, or too many pixels in all, loses its end", async () => {
  const long = await made(await moving(310, 40, 40));
  expect((await sharp(long.bytes).metadata()).pages).toBe(300);
  const large = await moving(5, 4000, 2500);
  const cut = await made(large);
  expect((await sharp(cut.bytes).metadata()).pages).toBe(4);
  expect([cut.width, cut.height]).toEqual([1024, 640]);
});

Deno.test("what one can see through stays so, and has no placeholder", async () => {
  const clear = { width: 60, height: 60, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } };
  const picture = await made(own(await sharp({ create: clear }).png().toBuffer()));
  expect(picture.type).toBe("image/png");
  expect(picture.placeholder).toBe(undefined);
  const { channels } = await sharp(picture.bytes).stats();
  expect(channels[3]!.max).toBe(0);
});

Deno.test("a picture that would be larger than files may be loses sharpness instead", async () => {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 50 };
  const rough = sharp({ create: { width: 1500, height: 1200, channels: 3, background: "#888", noise } });
  const sent = own(await rough.png().toBuffer());
  expect(sent.length).toBeGreaterThan(3 * MIB);
  const picture = await made(sent, 2 * MIB);
  expect(picture).toMatchObject({ type: "image/webp", width: 1500, height: 1200 });
  expect(picture.bytes.length).toBeLessThan(2 * MIB);
});

Deno.test("no side is longer than allowed", async () => {
  const wide = own(
    await sharp({ create: { width: 6000, height: 900, channels: 3, background: "#345" } }).jpeg()
      .toBuffer(),
  );
  expect(await made(wide)).toMatchObject({ width: SIDE_MAX, height: 614 });
  expect(await made(await jpeg(3, 2))).toMatchObject({ width: 3, height: 2 });
});

Deno.test("a polyglot loses its other half", async () => {
  const page = bytesOf("<html><script>alert(document.domain)</script></html>PK\x03\x04");
  const { bytes } = await made(together(await jpeg(40, 40), page));
  expect(asText(bytes)).not.toContain("script");
  const script = bytesOf("*/=1;alert(document.domain)//");
  const gif = await made(together(await moving(3), script));
  expect(asText(gif.bytes)).not.toContain("alert");
  expect(await refused(bytesOf("GIF89a/*  */=1;alert(document.domain)"))).toBe(DAMAGED);
});

Deno.test("a bomb is refused by its header, before anything is unpacked", async () => {
  const bomb = blackPng(30_000, 30_000);
  expect(bomb.length).toBeLessThan(200_000);
  const before = Deno.memoryUsage().rss;
  const began = performance.now();
  expect(await refused(bomb)).toBe(TOO_MANY);
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(Deno.memoryUsage().rss - before).toBeLessThan(100 * MIB);
  expect(await refused(blackPng(8_001, 5_000))).toBe(TOO_MANY);
  expect((await made(blackPng(8_000, 5_000))).width).toBe(SIDE_MAX);
});

Deno.test("a header that lies about the size gets the size it tells, and no more memory", async () => {
  const [small, huge] = [blackPng(100, 100), blackPng(30_000, 30_000)];
  const before = Deno.memoryUsage().rss;
  // The header of a small picture, the rows of a huge one.
  const picture = await made(together(small.subarray(0, 33), huge.subarray(33)));
  expect([picture.width, picture.height]).toEqual([100, 100]);
  expect(Deno.memoryUsage().rss - before).toBeLessThan(100 * MIB);
});

Deno.test("what is broken or cut off is refused in words", async () => {
  const whole = await jpeg(800, 800);
  for (const bytes of [whole.slice(0, whole.length >> 1), whole.slice(0, 20), whole.slice(0, 3)]) {
    expect(await refused(bytes)).toBe(DAMAGED);
  }
  const png = own(await (await halves()).png().toBuffer());
  const spoilt = png.map((byte, index) => index > 60 && index < 120 ? byte ^ 0x5a : byte);
  expect(await refused(spoilt)).toBe(DAMAGED);
});

Deno.test("only pictures of our kinds are taken for pictures", async () => {
  expect(images.isPicture(await jpeg(4, 4))).toBe(true);
  const others = [
    SVG,
    `<?xml version="1.0"?>${SVG}`,
    "%PDF-1.7\n",
    "II*\0",
    "BM",
    "",
    "GIF",
    "<html>",
    "PK\x03\x04",
  ];
  for (const other of others) expect([other, images.isPicture(bytesOf(other))]).toEqual([other, false]);
  expect(await refused(bytesOf(SVG))).toContain("not a picture we can read");
});

Deno.test("two are decoded at a time: the others are not even read", async () => {
  const sent = await jpeg(40, 40);
  const waiting: (() => void)[] = [];
  let read = 0;
  const all = Array.from({ length: 5 }, () =>
    images.picture(() => {
      read++;
      return new Promise((resolve) => waiting.push(() => resolve(sent)));
    }, 10 * MIB));
  await Promise.resolve();
  expect(read).toBe(2);
  while (waiting.length > 0) {
    waiting.shift()!();
    await Promise.race(all.splice(0, 1));
  }
  expect(read).toBe(5);
});
