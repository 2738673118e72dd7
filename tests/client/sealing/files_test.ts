import { expect } from "expect";
import { FILE_MAX_BYTES } from "../../../lib/protocol/limits.ts";
import { openFile, padme, sealFile } from "../../../lib/client/sealing/files.ts";
import type { RoomKeys } from "../../../lib/client/sealing/key.ts";
import { fileOf, newKeys } from "./support.ts";

const random = (size: number) => {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
};
const bytesOf = async (blob: Blob | null) => blob && new Uint8Array(await blob.arrayBuffer());
const sealedAndDescribed = async (keys: RoomKeys, bytes: Uint8Array<ArrayBuffer>, type = "image/png") => {
  const { blob, iv } = await sealFile(keys, new Blob([bytes], { type }));
  return { blob, file: fileOf({ iv, type, size: bytes.length }) };
};

Deno.test("a file comes back byte for byte when it is sealed and opened", async () => {
  const keys = await newKeys();
  for (const size of [0, 1, 16, 1000, 65_537, FILE_MAX_BYTES]) {
    const bytes = random(size);
    const { blob, file } = await sealedAndDescribed(keys, bytes);
    expect(blob.size).toBeLessThanOrEqual(FILE_MAX_BYTES + 16);
    const opened = await bytesOf(await openFile(keys, blob, file));
    expect(opened?.length).toBe(size);
    expect(opened?.every((byte, at) => byte === bytes[at])).toBe(true);
  }
});

Deno.test("a file is refused when it has more than 10 MiB", async () => {
  const keys = await newKeys();
  await expect(sealFile(keys, new Blob([new Uint8Array(FILE_MAX_BYTES + 1)]))).rejects.toThrow(RangeError);
});

Deno.test("a sealed file shows neither name nor type nor its exact length", async () => {
  const keys = await newKeys();
  const text = new TextEncoder().encode("a recognisable line of text");
  const { blob } = await sealFile(keys, new File([text], "plans.txt", { type: "text/plain" }));
  expect(blob.type).toBe("application/octet-stream");
  expect(blob instanceof File).toBe(false);
  expect(new TextDecoder().decode(await blob.arrayBuffer())).not.toContain("recognisable");
  const sizes = new Set<number>();
  for (let size = 100_000; size < 104_000; size += 100) {
    sizes.add((await sealFile(keys, new Blob([new Uint8Array(size)]))).blob.size);
  }
  expect(sizes.size).toBeLessThanOrEqual(3);
});

Deno.test("padding adds at most 12 percent, and ends where a file may", () => {
  for (let size = 256; size < FILE_MAX_BYTES; size = Math.ceil(size * 1.07)) {
    expect(padme(size)).toBeGreaterThanOrEqual(size);
    expect(padme(size) / size).toBeLessThan(1.12);
    expect(padme(padme(size))).toBe(padme(size));
  }
  expect(padme(FILE_MAX_BYTES)).toBe(FILE_MAX_BYTES);
});

Deno.test("a file does not open when it was changed, exchanged, of another room or described wrongly", async () => {
  const keys = await newKeys();
  const { blob, file } = await sealedAndDescribed(keys, random(500));
  const other = await sealedAndDescribed(keys, random(500));
  const bytes = (await bytesOf(blob))!;
  for (const at of [0, 250, bytes.length - 1]) {
    expect(await openFile(keys, new Blob([bytes.with(at, bytes[at]! ^ 1)]), file)).toBeNull();
  }
  expect(await openFile(keys, new Blob([bytes.slice(0, -1)]), file)).toBeNull();
  expect(await openFile(keys, new Blob([]), file)).toBeNull();
  expect(await openFile(keys, other.blob, file)).toBeNull();
  expect(await openFile(await newKeys(), blob, file)).toBeNull();
  expect(await openFile({ ...keys, token: "ghost-another1" }, blob, file)).toBeNull();
  expect(await openFile({ ...keys, files: keys.messages }, blob, file)).toBeNull();
  expect(await openFile(keys, blob, { ...file, size: 5_000 })).toBeNull();
  expect(await openFile(keys, blob, { ...file, iv: "AAAA" })).toBeNull();
  expect(await openFile(keys, blob, file)).not.toBeNull();
});

Deno.test("only pictures keep their type: what could run in this site's name is a download", async () => {
  const keys = await newKeys();
  for (const type of ["text/html", "image/svg+xml", "application/xhtml+xml", "application/pdf", ""]) {
    const { blob, file } = await sealedAndDescribed(keys, random(8), type);
    expect((await openFile(keys, blob, file))!.type).toBe("application/octet-stream");
  }
  const { blob, file } = await sealedAndDescribed(keys, random(8), "image/webp");
  expect((await openFile(keys, blob, file))!.type).toBe("image/webp");
});
