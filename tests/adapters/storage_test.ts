/** What every store does alike, on this machine's disk and by S3's protocol. */
import { expect } from "expect";
import { createDiskStorage } from "../../lib/adapters/storage/disk.ts";
import { createS3Storage } from "../../lib/adapters/storage/s3.ts";
import type { Storage } from "../../lib/adapters/storage/storage.ts";
import { type S3Stand, startS3 } from "../support/s3.ts";
import { held } from "../support/held.ts";

const MIB = 1024 * 1024;

async function onDisk(use: (storage: Storage) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(createDiskStorage(`${folder}/files`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function byS3(use: (storage: Storage, stand: S3Stand) => Promise<void>): Promise<void> {
  await using stand = startS3();
  await use(createS3Storage(stand.settings), stand);
  expect(stand.refused).toEqual([]);
}

const STORES = { "on disk": onDisk, "by S3": byS3 };

function both(name: string, use: (storage: Storage) => Promise<void>): void {
  for (const [where, run] of Object.entries(STORES)) Deno.test(`${name}, ${where}`, () => run(use));
}

/** Pieces of 1 MiB, each of its own number; `fail` breaks off in the middle of things. */
function pieces(count: number, fail?: Error): ReadableStream<Uint8Array> {
  let made = 0;
  return new ReadableStream({
    pull(controller) {
      if (made < count) controller.enqueue(new Uint8Array(MIB).fill(++made));
      else if (fail) controller.error(fail);
      else controller.close();
    },
  }, { highWaterMark: 0 });
}

async function all(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

both("a file is given back as it was kept, until it is removed", async (storage) => {
  expect(await storage.get("a/1.json")).toBe(null);
  expect(await storage.open("a/1.json")).toBe(null);
  await storage.put("a/1.json", Uint8Array.of(1, 2, 3), "application/json");
  expect(await storage.get("a/1.json")).toEqual({ bytes: Uint8Array.of(1, 2, 3), type: "application/json" });
  await storage.put("a/1.json", Uint8Array.of(4), "text/plain");
  expect(await storage.get("a/1.json")).toEqual({ bytes: Uint8Array.of(4), type: "text/plain" });
  await storage.remove("a/1.json");
  await storage.remove("a/1.json");
  expect(await storage.get("a/1.json")).toBe(null);
});

both("what comes piece by piece is kept whole", async (storage) => {
  await storage.putStream("big", pieces(6), { size: 6 * MIB, type: "text/plain" });
  const opened = (await storage.open("big"))!;
  expect(opened.type).toBe("text/plain");
  const bytes = await all(opened.bytes);
  expect([bytes.length, bytes[0], bytes.at(-1)]).toEqual([6 * MIB, 1, 6]);
});

both("a part is given when a part is asked for", async (storage) => {
  await storage.put("abc", new TextEncoder().encode("abcdefghij"), "text/plain");
  for (
    const [first, last, text] of [[0, 0, "a"], [2, 4, "cde"], [9, 9, "j"], [0, 9, "abcdefghij"]] as const
  ) {
    const opened = (await storage.open("abc", { first, last }))!;
    expect(new TextDecoder().decode(await all(opened.bytes))).toBe(text);
  }
  const opened = (await storage.open("abc"))!;
  await opened.bytes.cancel();
});

both("nothing is kept when the pieces break off, and what was there stays", async (storage) => {
  await storage.put("x/kept", Uint8Array.of(7), "text/plain");
  const broken = new Error("the sender went away");
  const file = { size: 3 * MIB, type: "text/plain" };
  await expect(storage.putStream("x/new", pieces(2, broken), file)).rejects.toThrow("the sender went away");
  await expect(storage.putStream("x/kept", pieces(2, broken), file)).rejects.toThrow("the sender went away");
  expect(await storage.get("x/new")).toBe(null);
  expect((await storage.get("x/kept"))!.bytes).toEqual(Uint8Array.of(7));
});

both("a folder goes with all that is in it, and no other", async (storage) => {
  for (let index = 0; index < 12; index++) {
    await storage.put(`rooms/1/f${index}`, Uint8Array.of(1), "text/plain");
  }
  await storage.put("rooms/1/deep/er", Uint8Array.of(1), "text/plain");
  await storage.put("rooms/11/other", Uint8Array.of(2), "text/plain");
  await storage.removeFolder("rooms/1");
  await storage.removeFolder("rooms/1");
  for (const key of ["rooms/1/f0", "rooms/1/f11", "rooms/1/deep/er"]) {
    expect(await storage.get(key)).toBe(null);
  }
  expect((await storage.get("rooms/11/other"))!.bytes).toEqual(Uint8Array.of(2));
});

both("keys that lead elsewhere are refused", async (storage) => {
  for (
    const key of [
      "../up",
      "a/../../up",
      "/etc/passwd",
      "a//b",
      ".hidden",
      "a/.b",
      "",
      "a\0b",
      "a\\b",
      "a/",
      "a b",
      "ä",
    ]
  ) {
    await expect(storage.get(key)).rejects.toThrow("not a storage key");
    await expect(storage.open(key)).rejects.toThrow("not a storage key");
    await expect(storage.put(key, Uint8Array.of(1), "text/plain")).rejects.toThrow("not a storage key");
    await expect(storage.putStream(key, pieces(1), { size: MIB, type: "a/b" })).rejects.toThrow(
      "not a storage key",
    );
    await expect(storage.removeFolder(key)).rejects.toThrow("not a storage key");
  }
});

Deno.test("every request to S3 is signed, and one with a wrong secret changes nothing", async () => {
  await using stand = startS3();
  const wrong = createS3Storage({ ...stand.settings, secretAccessKey: "another" });
  await expect(wrong.put("a", Uint8Array.of(1), "text/plain")).rejects.toThrow("403 SignatureDoesNotMatch");
  await expect(wrong.putStream("a", pieces(2), { size: 2 * MIB, type: "a/b" })).rejects
    .toThrow("403 SignatureDoesNotMatch");
  await expect(wrong.get("a")).rejects.toThrow("403");
  await expect(wrong.removeFolder("a")).rejects.toThrow("403");
  expect([...stand.objects]).toEqual([]);
  expect(new Set(stand.refused)).toEqual(new Set(["the signature is another"]));
  const unsigned = await fetch(`${stand.settings.endpoint}/${stand.settings.bucket}/a`);
  expect(unsigned.status).toBe(403);
  await unsigned.body?.cancel();
});

Deno.test("a store that stumbles is asked again, and one that lies down is an error that tells no secret", async () => {
  await byS3(async (storage, stand) => {
    stand.fail(503, 1);
    await storage.put("a", Uint8Array.of(1), "text/plain");
    stand.fail(500, 2);
    expect((await storage.get("a"))!.bytes).toEqual(Uint8Array.of(1));
    stand.fail(500, 10);
    const error: Error = await storage.get("a").then(() => new Error("taken"), (error) => error);
    expect(error.message).toBe("500 InternalError");
    stand.fail(0, 0);
    expect(await storage.get("b")).toBe(null);
  });
});

Deno.test("a bucket that is not there is an error, not an empty one", async () => {
  await using stand = startS3();
  const storage = createS3Storage({ ...stand.settings, bucket: "another-bucket" });
  await expect(storage.get("a")).rejects.toThrow("404 NoSuchBucket");
});

Deno.test("memory does not grow with what passes through", async () => {
  await byS3(async (storage, stand) => {
    const before = held();
    let most = 0;
    const watched = pieces(64).pipeThrough(
      new TransformStream({
        transform(piece, controller) {
          most = Math.max(most, held() - before);
          controller.enqueue(piece);
        },
      }),
    );
    // The store, in this very process, holds what it got: so it is told to take none of it.
    stand.fail(503, 1);
    await expect(storage.putStream("big", watched, { size: 64 * MIB, type: "a/b" })).rejects.toThrow("503");
    expect(most).toBeLessThan(64 * MIB);
  });
  await onDisk(async (storage) => {
    const before = held();
    await storage.putStream("big", pieces(200), { size: 200 * MIB, type: "a/b" });
    expect(held() - before).toBeLessThan(100 * MIB);
  });
});
