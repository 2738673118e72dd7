/** What people send, good and bad, and what others get of it. */
import { expect } from "expect";
import sharp from "sharp";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import type { Member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import {
  asText,
  blackPng,
  type Bytes,
  bytesOf,
  CAMERA,
  cmykJpeg,
  deepPng,
  jpeg,
  moving,
  SVG,
  together,
  withPlace,
} from "../support/pictures.ts";
import { refusal } from "../support/visitor.ts";
import { fetchFile, onDisk, roomWith, send, sendOk, show } from "./people.ts";

const parley = parleyForFile();
const here = () => parley().node;
const DAMAGED = "That picture is damaged or not complete. Try another copy of it.";
const TOO_MANY = "That picture has more than 40 megapixels. Make it smaller and try again.";

let place: { roomId: RoomId; owner: Member };
Deno.test.beforeAll(async () => {
  const { room, owner } = await roomWith(here());
  place = { roomId: room.id, owner };
});

const picture = (bytes: Bytes, name: string) => sendOk(here(), place.owner, place.roomId, bytes, name);
const get = (path: string) => fetchFile(here(), place.owner, path);

/** What the person sees, whose picture is not taken. */
async function refused(bytes: Bytes, name: string): Promise<string> {
  const answer = await send(here(), place.owner, place.roomId, bytes, name);
  const { message, fields } = await refusal(answer, 400, "VALIDATION_FAILED");
  expect(fields).toEqual({ file: message });
  return message;
}

/** Bytes that are handed out to be saved, exactly as they were sent, and under no type that anything would run. */
async function savedAsSent(file: Attachment, bytes: Bytes): Promise<Headers> {
  expect([file.width, file.thumbUrl, file.placeholder]).toEqual([undefined, undefined, undefined]);
  const got = await get(file.url);
  expect(got.bytes).toEqual(bytes);
  expect(Object.fromEntries(got.response.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": expect.stringMatching(/^attachment; filename="/),
    "x-content-type-options": "nosniff",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
    "cache-control": "no-store",
  });
  return got.response.headers;
}

Deno.test("a picture is shown with its size, a small copy and what stands there before it comes", async () => {
  const file = await picture(await jpeg(1200, 900), "Räum 1.JPG");
  expect(file).toEqual({
    id: expect.any(String),
    ...{ name: "Räum 1.JPG", type: "image/jpeg", size: expect.any(Number), width: 1200, height: 900 },
    placeholder: expect.stringMatching(/^data:image\/webp;base64,[A-Za-z0-9+/=]{20,380}$/),
    url: `/files/rooms/${place.roomId}/${file.id}`,
    thumbUrl: `/files/rooms/${place.roomId}/${file.id}/thumb`,
  });
  const [full, thumb] = [await get(file.url), await get(file.thumbUrl!)];
  expect(full.bytes.length).toBe(file.size);
  expect(Object.fromEntries(full.response.headers)).toMatchObject({
    "content-type": "image/jpeg",
    "content-disposition": `inline; filename="R_um 1.JPG"; filename*=UTF-8''R%C3%A4um%201.JPG`,
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-cache",
    "content-security-policy": expect.stringContaining("sandbox"),
  });
  expect(thumb.response.headers.get("content-type")).toBe("image/webp");
  expect(await sharp(full.bytes).metadata()).toMatchObject({ format: "jpeg", width: 1200, height: 900 });
  expect(await sharp(thumb.bytes).metadata()).toMatchObject({ format: "webp", width: 480, height: 360 });
});

Deno.test("where a picture was taken is in no copy of it, nor on the disk", async () => {
  const sent = await withPlace();
  expect(asText(sent)).toContain(CAMERA);
  const file = await picture(sent, "holiday.jpg");
  expect([file.width, file.height]).toEqual([400, 600]);
  for (const path of [file.url, file.thumbUrl!]) {
    const { bytes } = await get(path);
    expect(await sharp(bytes).metadata()).not.toHaveProperty("exif");
    expect(asText(bytes)).not.toMatch(/Lantern|Somebody|GPS|Exif/);
  }
  const folder = `${here().config.dataDir}/files/rooms/${place.roomId}`;
  for (const name of onDisk(here(), place.roomId)) {
    expect(asText(await Deno.readFile(`${folder}/${name}`))).not.toMatch(/Lantern|Somebody Real/);
  }
});

Deno.test("a moving picture, four inks and sixteen bits are shown", async () => {
  const gif = await picture(await moving(6), "dance.gif");
  expect(gif).toMatchObject({
    name: "dance.webp",
    type: "image/webp",
    animated: true,
    width: 120,
    height: 80,
  });
  expect((await sharp((await get(gif.url)).bytes).metadata()).pages).toBe(6);
  expect(await picture(await cmykJpeg(), "print.jpg")).toMatchObject({ type: "image/jpeg", width: 600 });
  expect(await picture(await deepPng(), "deep.png")).toMatchObject({ type: "image/png", width: 600 });
});

Deno.test("what a picture is called counts for nothing", async () => {
  expect(await picture(await jpeg(30, 20), "notes.txt")).toMatchObject({ name: "notes.txt.jpg", width: 30 });
  expect(await picture(await jpeg(30, 20), "page.html.png")).toMatchObject({ name: "page.html.jpg" });
  const text = bytesOf("no picture at all");
  await savedAsSent(await picture(text, "really.jpg"), text);
});

Deno.test("a picture that is a page, or a script, too is a picture only", async () => {
  const page = together(await jpeg(40, 40), bytesOf("<html><script>alert(document.domain)</script>"));
  const shown = await get((await picture(page, "me.html")).url);
  expect(shown.response.headers.get("content-type")).toBe("image/jpeg");
  expect(asText(shown.bytes)).not.toContain("script");
  const script = together(await moving(3), bytesOf("*/=1;alert(document.domain)//"));
  const gif = await get((await picture(script, "me.js")).url);
  expect(asText(gif.bytes)).not.toContain("alert");
  // One that is a script with a picture's first bytes is no picture.
  expect(await refused(bytesOf("GIF89a/*  */=1;alert(document.domain)"), "me.gif")).toBe(DAMAGED);
});

Deno.test("everything else is for saving only, whatever it could be", async (test) => {
  const pdf = bytesOf("%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n");
  const zip = bytesOf("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a");
  const others: [name: string, bytes: Bytes, type: string][] = [
    ["drawing.svg", bytesOf(SVG), "text/plain"],
    ["drawing.svg", bytesOf(`<?xml version="1.0"?>${SVG}`), "application/octet-stream"],
    ["page.html", bytesOf("<!doctype html><script>alert(1)</script>"), "text/plain"],
    ["both.pdf", together(pdf, zip), "application/pdf"],
    ["both.zip", together(zip, pdf), "application/zip"],
    ["run.exe", bytesOf("MZ\x90\0\x03\0\0\0\x04"), "application/octet-stream"],
    ["style.css", bytesOf("body { display: none }"), "text/plain"],
    ["noise.bin", Uint8Array.of(0xff, 0xfe, 0, 1, 2) as Bytes, "application/octet-stream"],
    [
      "old.bmp",
      bytesOf("BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\x02\0\0\0\x01\0\x18\0"),
      "image/bmp",
    ],
  ];
  for (const [name, bytes, type] of others) {
    await test.step(name, async () => {
      const file = await picture(bytes, name);
      expect(file).toMatchObject({ name, type, size: bytes.length });
      await savedAsSent(file, bytes);
    });
  }
});

Deno.test("bombs, broken pictures and pictures that are cut off are refused in words, and leave nothing", async () => {
  const before = onDisk(here(), place.roomId);
  expect(await refused(blackPng(30_000, 30_000), "bomb.png")).toBe(TOO_MANY);
  const whole = await jpeg(900, 900);
  expect(await refused(whole.slice(0, whole.length >> 1), "half.jpg")).toBe(DAMAGED);
  expect(await refused(whole.slice(0, 40), "stub.jpg")).toBe(DAMAGED);
  const spoilt = blackPng(200, 200).map((byte, at) => at > 45 && at < 55 ? byte ^ 0xff : byte) as Bytes;
  expect(await refused(spoilt, "spoilt.png")).toBe(DAMAGED);
  expect(onDisk(here(), place.roomId)).toEqual(before);
  const rows = await parley().database.sql`select 1 from uploads where room_id = ${place.roomId}`;
  expect(rows).toHaveLength(0);
});

Deno.test("a message keeps what its pictures are, for all who read it", async () => {
  const file = await picture(await moving(3), "dance.gif");
  const seq = await show(here(), place.owner, place.roomId, file);
  const page = await place.owner.fetch(`/api/chatroom/rooms/${place.roomId}/messages`);
  const { data: { messages } } = await page.json();
  const message = messages.find((one: { seq: number }) => one.seq === seq);
  expect(message.attachments).toEqual([file]);
});
