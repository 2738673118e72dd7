import { expect } from "expect";
import sharp, { type Sharp } from "sharp";
import { smallAvatar } from "../../lib/protocol/avatars.ts";
import type { Viewer } from "../../lib/protocol/types.ts";
import { type Member, member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal, Visitor } from "../support/visitor.ts";

const parley = parleyForFile();
const ADDRESS = "/api/me/avatar";

type Bytes = Uint8Array<ArrayBuffer>;

async function upload(
  who: Visitor,
  bytes: Bytes,
  { csrf = "header", name = "me.jpg" } = {},
): Promise<Response> {
  const form = new FormData();
  if (csrf === "field") form.set("csrf", await who.csrf());
  form.set("avatar", new File([bytes], name, { type: "image/jpeg" }));
  const headers: HeadersInit = csrf === "header" ? { "x-csrf-token": await who.csrf() } : {};
  return await who.fetch(ADDRESS, { method: "POST", body: form, headers });
}

const pathOf = async (response: Response) => (await dataOf<{ avatar: string }>(response)).avatar;

async function fetchPicture(path: string): Promise<{ response: Response; bytes: Bytes }> {
  const response = await fetch(parley().node.origin + path);
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** A picture whose left half is red and whose right half is blue. */
async function picture(width = 600, height = 400): Promise<Sharp> {
  const half = { width: Math.floor(width / 2), height, channels: 3 as const, background: "#0000ff" };
  const blue = await sharp({ create: half }).png().toBuffer();
  return sharp({ create: { ...half, width, background: "#ff0000" } }).composite([{
    input: blue,
    gravity: "east",
  }]);
}

const jpeg = async () => new Uint8Array(await (await picture()).jpeg().toBuffer());
const text = (value: string) => new TextEncoder().encode(value);

/** What is said beside the field when this is sent. */
async function refused(who: Member, bytes: Bytes, name?: string): Promise<string> {
  const error = await refusal(await upload(who, bytes, { name }), 400, "VALIDATION_FAILED");
  expect(error.fields!.avatar).toBe(error.message);
  return error.message;
}

Deno.test("a picture becomes two squares of WebP, kept by caches for good", async () => {
  const owner = await member(parley().node);
  const path = await pathOf(await upload(owner, await jpeg()));
  for (const [address, size] of [[path, 256], [smallAvatar(path), 64]] as const) {
    const { response, bytes } = await fetchPicture(address);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/webp");
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("set-cookie")).toBe(null);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: size, height: size });
  }
});

Deno.test("the viewer carries the picture's address, until it is taken away", async () => {
  const owner = await member(parley().node);
  const avatarOf = async () =>
    (await dataOf<{ user: Viewer }>(await owner.fetch("/api/auth/me"))).user.avatar;
  expect(await avatarOf()).toBe(undefined);
  const path = await pathOf(await upload(owner, await jpeg()));
  expect(await avatarOf()).toBe(path);

  await dataOf(
    await owner.fetch(ADDRESS, { method: "DELETE", headers: { "x-csrf-token": await owner.csrf() } }),
  );
  expect(await avatarOf()).toBe(undefined);
  expect((await fetchPicture(path)).response.status).toBe(404);
  expect((await fetchPicture(smallAvatar(path))).response.status).toBe(404);
});

Deno.test("another picture has another address, and the old one is gone", async () => {
  const owner = await member(parley().node);
  const first = await pathOf(await upload(owner, await jpeg()));
  const second = await pathOf(await upload(owner, await jpeg()));
  expect(second).not.toBe(first);
  expect((await fetchPicture(first)).response.status).toBe(404);
  expect((await fetchPicture(second)).response.status).toBe(200);
});

Deno.test("what the camera wrote is gone, and the picture stands the way it was taken", async () => {
  const owner = await member(parley().node);
  const withPlace = await (await picture()).jpeg().withExif({
    IFD0: { Make: "Lantern", Artist: "Somebody Real" },
    IFD3: {
      GPSLatitudeRef: "N",
      GPSLatitude: "40/1 26/1 46/1",
      GPSLongitudeRef: "W",
      GPSLongitude: "3/1 42/1 9/1",
    },
  }).toBuffer();
  // On its side: what is left in the file is above in the world.
  const turned = new Uint8Array(
    await sharp(withPlace).keepExif().withMetadata({ orientation: 6 }).toBuffer(),
  );
  expect(new TextDecoder("latin1").decode(turned)).toContain("Somebody Real");
  const before = await sharp(turned).metadata();
  expect(before.orientation).toBe(6);
  expect(before.exif).toBeDefined();

  const { bytes } = await fetchPicture(await pathOf(await upload(owner, turned)));
  const after = await sharp(bytes).metadata();
  expect(after).toMatchObject({ width: 256, height: 256 });
  for (const kind of ["exif", "xmp", "icc", "iptc", "orientation"]) expect(after).not.toHaveProperty(kind);
  expect(new TextDecoder("latin1").decode(bytes)).not.toContain("Somebody Real");
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * 256 + x) * 3, (y * 256 + x) * 3 + 3)];
  expect(at(128, 10)[0]).toBeGreaterThan(200);
  expect(at(128, 245)[2]).toBeGreaterThan(200);
});

Deno.test("PNG, WebP, GIF and AVIF are taken, whatever they are called", async () => {
  const owner = await member(parley().node);
  const source = await picture(80, 60);
  for (const format of ["png", "webp", "gif", "avif"] as const) {
    const bytes = new Uint8Array(await source.clone().toFormat(format).toBuffer());
    expect(await pathOf(await upload(owner, bytes, { name: "notes.txt" }))).toMatch(/^\/files\/avatars\//);
  }
});

Deno.test("what else a polyglot carries does not come through", async () => {
  const owner = await member(parley().node);
  const script = text("<html><script>alert(document.domain)</script></html>PK\x03\x04");
  const polyglot = new Uint8Array([...await jpeg(), ...script]);
  const { response, bytes } = await fetchPicture(
    await pathOf(await upload(owner, polyglot, { name: "me.html" })),
  );
  expect(response.headers.get("content-type")).toBe("image/webp");
  expect(new TextDecoder("latin1").decode(bytes)).not.toContain("script");
});

Deno.test("SVG, text, a PDF and a lying name are refused in words", async () => {
  const owner = await member(parley().node);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>`;
  for (
    const bytes of [
      text(svg),
      text(`<?xml version="1.0"?>${svg}`),
      text("just words"),
      text("%PDF-1.7\n%âãÏÓ"),
    ]
  ) {
    expect(await refused(owner, bytes, "me.png")).toContain("not a picture we can read");
  }
  expect(await refused(owner, text(`GIF89a${svg}`))).toMatch(/damaged|not a picture/);
});

Deno.test("a JPEG that was cut off is refused in words", async () => {
  const owner = await member(parley().node);
  const whole = await jpeg();
  expect(await refused(owner, whole.slice(0, Math.floor(whole.length / 2)))).toContain(
    "damaged or not complete",
  );
  expect(await refused(owner, whole.slice(0, 20))).toContain("damaged or not complete");
});

Deno.test("a small file of 41 megapixels is refused without being unpacked", async () => {
  const owner = await member(parley().node);
  const bomb = sharp({ create: { width: 8200, height: 5000, channels: 3, background: "#000" } });
  const bytes = new Uint8Array(await bomb.png({ compressionLevel: 9 }).toBuffer());
  expect(bytes.length).toBeLessThan(1_000_000);
  expect(await refused(owner, bytes)).toContain("more than 40 megapixels");
});

Deno.test("more than 10 MB is refused, and so is no file at all", async () => {
  const owner = await member(parley().node);
  const { message } = await refusal(
    await upload(owner, new Uint8Array(11 * 1024 * 1024)),
    413,
    "PAYLOAD_TOO_LARGE",
  );
  expect(message).toContain("at most 10 MB");
  expect(await refused(owner, new Uint8Array(0))).toBe("Choose a picture first.");
  const empty = new FormData();
  const headers = { "x-csrf-token": await owner.csrf() };
  await refusal(
    await owner.fetch(ADDRESS, { method: "POST", body: empty, headers }),
    400,
    "VALIDATION_FAILED",
  );
  await refusal(await owner.post(ADDRESS, { avatar: "text" }), 400, "BAD_REQUEST");
});

Deno.test("the plain form proves itself by its field; without the token, or from another site, nothing is taken", async () => {
  const owner = await member(parley().node);
  const bytes = await jpeg();
  await pathOf(await upload(owner, bytes, { csrf: "field" }));
  await refusal(await upload(owner, bytes, { csrf: "none" }), 403, "CSRF_FAILED");

  const send = async (headers: HeadersInit, csrf?: string) => {
    const form = new FormData();
    if (csrf) form.set("csrf", csrf);
    form.set("avatar", new File([bytes], "me.jpg"));
    return await owner.fetch(ADDRESS, { method: "POST", body: form, headers });
  };
  await refusal(await send({ "x-csrf-token": "forged" }), 403, "CSRF_FAILED");
  await refusal(await send({}, "forged"), 403, "CSRF_FAILED");
  await refusal(
    await send({ origin: "https://evil.example" }, await owner.csrf()),
    403,
    "ORIGIN_NOT_ALLOWED",
  );
});

Deno.test("no other address takes files", async () => {
  const owner = await member(parley().node);
  const form = new FormData();
  form.set("csrf", await owner.csrf());
  form.set("name", "Sneaky");
  await refusal(await owner.fetch("/api/me/profile", { method: "PATCH", body: form }), 400, "BAD_REQUEST");
  await refusal(await owner.fetch(ADDRESS, { method: "DELETE", body: form }), 400, "BAD_REQUEST");
  await refusal(await owner.fetch("/api/me/blocks", { method: "POST", body: form }), 400, "BAD_REQUEST");
});

Deno.test("guests and strangers upload nothing", async () => {
  const { node } = parley();
  await refusal(await upload(await guest(node), await jpeg()), 403, "FORBIDDEN");
  await refusal(await upload(new Visitor(node), await jpeg()), 401, "UNAUTHENTICATED");
});

Deno.test("no address under the avatars leads anywhere else", async () => {
  for (
    const name of [
      "nobody",
      "..%2f..%2fkv.sqlite",
      `${"a".repeat(22)}-256.webp`,
      `${"a".repeat(22)}-999.webp`,
      "a.type",
    ]
  ) {
    expect((await fetchPicture(`/files/avatars/${name}`)).response.status).toBe(404);
  }
});
