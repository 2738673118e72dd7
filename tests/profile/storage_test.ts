import { expect } from "expect";
import { createDiskStorage } from "../../lib/adapters/storage/disk.ts";

async function withStorage(
  use: (storage: ReturnType<typeof createDiskStorage>, folder: string) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  try {
    await use(createDiskStorage(`${folder}/files`), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("disk storage gives back what it was given, until it is removed", async () => {
  await withStorage(async (storage) => {
    expect(await storage.get("exports/7.json")).toBe(null);
    await storage.put("exports/7.json", Uint8Array.of(1, 2, 3), "application/json");
    expect(await storage.get("exports/7.json")).toEqual({
      bytes: Uint8Array.of(1, 2, 3),
      type: "application/json",
    });
    await storage.put("exports/7.json", Uint8Array.of(4), "text/plain");
    expect(await storage.get("exports/7.json")).toEqual({ bytes: Uint8Array.of(4), type: "text/plain" });
    await storage.remove("exports/7.json");
    await storage.remove("exports/7.json");
    expect(await storage.get("exports/7.json")).toBe(null);
  });
});

Deno.test("disk storage removes a folder with all that is in it, and nothing beside it", async () => {
  await withStorage(async (storage) => {
    for (const key of ["rooms/7/a", "rooms/7/b", "rooms/77/a"]) {
      await storage.put(key, Uint8Array.of(1), "text/plain");
    }
    await storage.removeFolder("rooms/7");
    await storage.removeFolder("rooms/7");
    expect([await storage.get("rooms/7/a"), await storage.get("rooms/7/b")]).toEqual([null, null]);
    expect(await storage.get("rooms/77/a")).not.toBe(null);
    for (const folder of ["", "..", "rooms/..", "/", "rooms/"]) {
      await expect((async () => await storage.removeFolder(folder))()).rejects.toThrow(TypeError);
    }
  });
});

Deno.test("disk storage keeps others of the machine out", async () => {
  await withStorage(async (storage, folder) => {
    await storage.put("a/b", Uint8Array.of(1), "text/plain");
    const mode = async (path: string) => (await Deno.stat(`${folder}/files/${path}`)).mode! & 0o777;
    expect([await mode(""), await mode("a"), await mode("a/b")]).toEqual([0o700, 0o700, 0o600]);
  });
});

Deno.test("disk storage refuses keys that lead elsewhere", async () => {
  await withStorage(async (storage) => {
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
        "a.type",
        "a/",
      ]
    ) {
      await expect(storage.get(key)).rejects.toThrow("not a storage key");
      await expect(storage.put(key, Uint8Array.of(1), "text/plain")).rejects.toThrow("not a storage key");
    }
  });
});
