import { expect } from "expect";
import sharp from "sharp";
import { isSticker, STICKER_PIXELS, stickerOf, stickerPath, STICKERS } from "../../lib/protocol/stickers.ts";
import { parleyForFile } from "../support/node.ts";

const STATIC = new URL("../../static", import.meta.url).pathname;
const FOLDER = `${STATIC}${stickerPath("hello").replace(/\/[^/]+$/, "")}`;
const MOST_BYTES = 4096;
/** The family's: ink, cream, amber, orange, gold, coral, teal, indigo. */
const PALETTE = [
  "#43261a",
  "#fff6e4",
  "#f7ac3d",
  "#e57f2b",
  "#ffd673",
  "#ea5c45",
  "#45a79b",
  "#7f8dd2",
];

const parley = parleyForFile();

/** Opacity of every pixel, a row of the drawing after the other. @throws Error when it is no valid XML */
async function opacities(svg: string): Promise<Uint8Array> {
  const { data, info } = await sharp(new TextEncoder().encode(svg)).ensureAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  expect([info.width, info.height]).toEqual([STICKER_PIXELS, STICKER_PIXELS]);
  return Uint8Array.from({ length: info.width * info.height }, (_, pixel) => data[pixel * 4 + 3]!);
}

/** Pixels of the outermost ring that are not empty. */
function touchingTheEdge(opacity: Uint8Array): number {
  const last = STICKER_PIXELS - 1;
  return opacity.filter((value, pixel) => {
    const [x, y] = [pixel % STICKER_PIXELS, Math.floor(pixel / STICKER_PIXELS)];
    return value > 0 && (x === 0 || y === 0 || x === last || y === last);
  }).length;
}

/** What a drawing has that no drawing of ours should have. */
function faultsOf(svg: string): string[] {
  return [
    ...svg.match(/<(?:script|foreignObject|style|image|use|a(?=[\s>/])|animate|set|!--|!DOCTYPE|\?)/gi) ?? [],
    ...svg.match(/\s(?:on\w+|href|xlink:href|style|id|class)\s*=/gi) ?? [],
    ...svg.match(/url\(|javascript:|data:/gi) ?? [],
    ...(svg.match(/#[0-9a-f]{3,8}\b/gi) ?? []).filter((colour) => !PALETTE.includes(colour)),
  ];
}

Deno.test("each of the 24 stickers has one drawing, and each drawing is listed, when the set is complete", () => {
  const files = [...Deno.readDirSync(FOLDER)].map(({ name }) => name).sort();
  const listed = STICKERS.map(({ id }) => stickerPath(id).split("/").at(-1)!);
  expect(STICKERS).toHaveLength(24);
  expect(listed.toSorted()).toEqual(files);
  expect(new Set(STICKERS.map(({ label }) => label)).size).toBe(24);
  expect(new Set(STICKERS.map(({ alt }) => alt)).size).toBe(24);
});

Deno.test("a sticker is small, valid, in the family's colours and within its frame when it is drawn", async (test) => {
  for (const { id } of STICKERS) {
    await test.step(id, async () => {
      const svg = await Deno.readTextFile(STATIC + stickerPath(id));
      expect(new TextEncoder().encode(svg).length).toBeLessThanOrEqual(MOST_BYTES);
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 160 160">/);
      expect(faultsOf(svg)).toEqual([]);
      const opacity = await opacities(svg);
      expect(touchingTheEdge(opacity)).toBe(0);
      // A good part of the frame is filled: at 96 px there is something to see.
      expect(opacity.filter((value) => value > 0).length).toBeGreaterThan(0.3 * opacity.length);
    });
  }
});

Deno.test("a drawing is refused when it runs, reaches out, breaks or does not fit", async () => {
  const svg = await Deno.readTextFile(STATIC + stickerPath("hello"));
  const withIn = (text: string) => svg.replace("</svg>", `${text}</svg>`);
  for (
    const bad of [
      "<script>1</script>",
      "<foreignObject/>",
      '<g onload="x()"/>',
      '<use href="#a"/>',
      '<path id="a"/>',
      '<path fill="#123456"/>',
      '<path fill="url(http://example.org)"/>',
    ]
  ) expect([bad, faultsOf(withIn(bad)).length > 0]).toEqual([bad, true]);
  await expect(opacities(withIn("<g>"))).rejects.toThrow();
  expect(touchingTheEdge(await opacities(withIn('<path d="M0 80h40" stroke="#43261a"/>')))).toBeGreaterThan(
    0,
  );
});

Deno.test("an id is a sticker's when it is listed, and nothing else is", () => {
  expect(isSticker("good-night")).toBe(true);
  expect(stickerOf("good-night").label).toBe("Good night");
  for (const other of ["", "Hello", "hello.svg", "../favicon", "constructor", 1, null, undefined]) {
    expect([other, isSticker(other)]).toEqual([other, false]);
  }
});

Deno.test("a sticker is served as a picture that may be kept for good, and an unknown one is not found", async () => {
  const { origin } = parley().node;
  const found = await fetch(origin + stickerPath("coffee"));
  await found.body?.cancel();
  expect(found.status).toBe(200);
  expect(found.headers.get("content-type")).toMatch(/^image\/svg\+xml/);
  expect(found.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(found.headers.get("content-security-policy")).toContain("default-src 'self'");
  const missing = await fetch(`${origin}/stickers/v1/beer.svg`);
  await missing.body?.cancel();
  expect(missing.status).toBe(404);
  expect(missing.headers.get("cache-control")).not.toContain("immutable");
});
