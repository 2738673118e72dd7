import type { Config } from "../../config.ts";
import { createDiskStorage } from "./disk.ts";
import type { Storage } from "./storage.ts";

/** The store that the settings name; without any, the data folder. */
export async function createStorage({ storage, dataDir }: Config): Promise<Storage> {
  if (storage.by === "disk") return createDiskStorage(`${dataDir}/files`);
  return (await import("./s3.ts")).createS3Storage(storage);
}
