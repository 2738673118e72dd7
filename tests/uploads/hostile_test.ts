/**
 * What was sent → what became of it → what the person is told. Each line is sent by the same three steps as a page sends
 * files, then fetched by another member of the room; the table is printed at the end.
 */
import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import { expect } from "expect";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import type { Member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import {
  asText,
  blackPng,
  type Bytes,
  bytesOf,
  chunk,
  jpeg,
  moving,
  SVG,
  together,
  withPlace,
} from "../support/pictures.ts";
import { begin, fetchFile, onDisk, put, roomWith, send, show } from "./people.ts";

type Became = "cleaned" | "to be saved" | "refused";

interface Case {
  what: string;
  /** As its sender calls it. */
  name: string;
  bytes: () => Bytes | Promise<Bytes>;
  became: Became;
  /** What the person is told; of files that are taken, their name and type as shown. */
  said: string;
  /** In no byte that anybody gets. */
  gone?: RegExp;
}

const parley = parleyForFile();
const here = () => parley().node;
const MIB = 1024 * 1024;
const DAMAGED = "That picture is damaged or not complete. Try another copy of it.";
const TOO_MANY = "That picture has more than 40 megapixels. Make it smaller and try again.";
const SCRIPT = "<script>alert(document.domain)</script>";
const PDF = bytesOf("%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n");
const ZIP = bytesOf("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a");

/** A PNG whose words unpack to 200 MB. */
function wordBomb(): Bytes {
  const png = blackPng(20, 20);
  const words = together(bytesOf("Comment\0\0"), deflateSync(new Uint8Array(200 * MIB), { level: 9 }));
  const afterHeader = 8 + 25;
  return together(png.subarray(0, afterHeader), chunk("zTXt", words), png.subarray(afterHeader));
}

const half = async () => {
  const whole = await jpeg(900, 900);
  return whole.slice(0, whole.length >> 1);
};

const PICTURES: Case[] = [
  {
    what: "a photograph that tells camera, owner and place",
    name: "holiday.jpg",
    bytes: withPlace,
    became: "cleaned",
    said: "holiday.jpg, image/jpeg",
    gone: /Lantern|Somebody|GPS|Exif|xmpmeta/,
  },
  {
    what: "a JPEG that is an HTML page too",
    name: "me.html",
    bytes: async () => together(await jpeg(40, 40), bytesOf(`<html>${SCRIPT}`)),
    became: "cleaned",
    said: "me.html.jpg, image/jpeg",
    gone: /script|html/i,
  },
  {
    what: "a GIF that is a script too",
    name: "me.js",
    bytes: async () => together(await moving(3), bytesOf("*/=1;alert(document.domain)//")),
    became: "cleaned",
    said: "me.js.webp, image/webp",
    gone: /alert/,
  },
  {
    what: "a PNG with a ZIP behind it",
    name: "both.png",
    bytes: () => together(blackPng(20, 20), ZIP, bytesOf("smuggled")),
    became: "cleaned",
    said: "both.png, image/png",
    gone: /smuggled/,
  },
  {
    what: "a PNG whose words unpack to 200 MB",
    name: "words.png",
    bytes: wordBomb,
    became: "cleaned",
    said: "words.png, image/png",
    gone: /zTXt|Comment/,
  },
  {
    what: "a script that begins as a GIF does",
    name: "me.gif",
    bytes: () => bytesOf("GIF89a/*  */=1;alert(document.domain)"),
    became: "refused",
    said: DAMAGED,
  },
  {
    what: "a PNG of 109 KB that unpacks to 900 megapixels",
    name: "bomb.png",
    bytes: () => blackPng(30_000, 30_000),
    became: "refused",
    said: TOO_MANY,
  },
  { what: "half a JPEG", name: "half.jpg", bytes: half, became: "refused", said: DAMAGED },
];

const OTHERS: Case[] = [
  {
    what: "an HTML page called .png",
    name: "cat.png",
    bytes: () => bytesOf(SCRIPT),
    became: "to be saved",
    said: "cat.png, text/plain",
  },
  {
    what: "an SVG with a script",
    name: "logo.svg",
    bytes: () => bytesOf(SVG),
    became: "to be saved",
    said: "logo.svg, text/plain",
  },
  {
    what: "the same as XML",
    name: "logo.svg",
    bytes: () => bytesOf(`<?xml version="1.0"?>${SVG}`),
    became: "to be saved",
    said: "logo.svg, application/octet-stream",
  },
  {
    what: "an HTML page",
    name: "page.html",
    bytes: () => bytesOf(`<!doctype html>${SCRIPT}`),
    became: "to be saved",
    said: "page.html, text/plain",
  },
  {
    what: "a PDF that is a ZIP too, with a script",
    name: "both.pdf",
    bytes: () => together(PDF, ZIP),
    became: "to be saved",
    said: "both.pdf, application/pdf",
  },
  {
    what: "a program called .jpg",
    name: "photo.jpg",
    bytes: () => bytesOf("MZ\x90\0\x03\0\0\0\x04"),
    became: "to be saved",
    said: "photo.jpg, application/octet-stream",
  },
  {
    what: "a name that climbs out",
    name: "../../../etc/passwd",
    bytes: () => bytesOf("root"),
    became: "to be saved",
    said: "passwd, text/plain",
  },
  {
    what: "the same as Windows has it",
    name: "..\\..\\boot.ini",
    bytes: () => bytesOf("boot"),
    became: "to be saved",
    said: "boot.ini, text/plain",
  },
  {
    what: "a name that turns its end around",
    name: "photo\u202Egpj.exe",
    bytes: () => bytesOf("x"),
    became: "to be saved",
    said: "photogpj.exe, text/plain",
  },
  {
    what: "a name with a header in it",
    name: "a\r\nset-cookie: x\0.txt",
    bytes: () => bytesOf("x"),
    became: "to be saved",
    said: "aset-cookie_ x.txt, text/plain",
  },
  {
    what: "a hidden name",
    name: ".htaccess",
    bytes: () => bytesOf("x"),
    became: "to be saved",
    said: "htaccess, text/plain",
  },
  {
    what: "10 MB",
    name: "large.bin",
    bytes: () => new Uint8Array(10 * MIB),
    became: "to be saved",
    said: "large.bin, application/octet-stream",
  },
  {
    what: "10 MB and one byte",
    name: "larger.bin",
    bytes: () => new Uint8Array(10 * MIB + 1),
    became: "refused",
    said: "That file is too large: at most 10 MB.",
  },
  {
    what: "more bytes than were announced",
    name: "grown.bin",
    bytes: () => bytesOf("x".repeat(99)),
    became: "refused",
    said: "That file has become larger than it said at first. Send it again.",
  },
  {
    what: "nothing",
    name: "empty.txt",
    bytes: () => bytesOf(""),
    became: "refused",
    said: "That file is empty.",
  },
];

/** By its three steps; where the first refuses, that is the answer. */
async function answerTo(
  { what, name }: Case,
  bytes: Bytes,
  owner: Member,
  roomId: RoomId,
): Promise<Response> {
  const lies = what.startsWith("more bytes");
  const announced = await begin(here(), owner, { roomId, name, size: lies ? 5 : bytes.length });
  if (announced.status !== 201) return announced;
  if (!lies) {
    await announced.body?.cancel();
    return await send(here(), owner, roomId, bytes, name);
  }
  return await put(here(), owner, (await announced.json()).data.id, bytes);
}

/** Whatever it is, nothing of it runs in anybody's browser, nor under this site's name. */
async function harmless(file: Attachment, sent: Bytes, wanted: Case, reader: Member): Promise<void> {
  const paths = file.thumbUrl ? [file.url, file.thumbUrl] : [file.url];
  for (const path of paths) {
    const { response: { status, headers }, bytes } = await fetchFile(here(), reader, path);
    expect([status, headers.get("x-content-type-options")]).toEqual([200, "nosniff"]);
    expect(headers.get("content-security-policy")).toContain("sandbox");
    if (wanted.became === "cleaned") {
      expect(headers.get("content-type")).toMatch(/^image\/(jpeg|png|webp)$/);
      expect(asText(bytes)).not.toMatch(wanted.gone!);
    } else {
      expect(headers.get("content-type")).toBe("application/octet-stream");
      expect(headers.get("content-disposition")).toMatch(/^attachment; /);
      expect(Buffer.compare(bytes, sent)).toBe(0);
    }
  }
}

Deno.test("what is sent is cleaned, kept to be saved, or refused in words", async (test) => {
  const { room, owner, people: [reader] } = await roomWith(here(), {});
  const table: string[] = [];
  for (const wanted of [...PICTURES, ...OTHERS]) {
    await test.step(`${wanted.what} is ${wanted.became}`, async () => {
      const bytes = await wanted.bytes();
      const before = onDisk(here(), room.id);
      const answer = await answerTo(wanted, bytes, owner, room.id);
      const { data, error } = await answer.json() as { data?: Attachment; error?: { message: string } };
      const became = error ? "refused" : data!.width ? "cleaned" : "to be saved";
      const said = error?.message ?? `${data!.name}, ${data!.type}`;
      table.push(`${wanted.what.padEnd(50)} → ${became.padEnd(11)} → ${said}`);
      expect({ became, said }).toEqual({ became: wanted.became, said: wanted.said });
      if (!data) return expect(onDisk(here(), room.id)).toEqual(before);
      await show(here(), owner, room.id, data);
      await harmless(data, bytes, wanted, reader!);
    });
  }
  console.log(table.join("\n"));
});
