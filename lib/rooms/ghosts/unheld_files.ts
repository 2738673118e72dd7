import { removeFiles, unheldFiles } from "../../../db/queries/files.ts";
import type { Services } from "../../services.ts";
import { storageKey } from "./files.ts";

/** Milliseconds in which a file may wait for its message. */
const FILES_KEPT = 24 * 60 * 60_000;
const FILES_AT_ONCE = 100;

/** Removes files that were sent and came to stand in no message. @returns how many */
export async function removeUnheldFiles({ sql, storage, clock }: Services): Promise<number> {
  let removed = 0;
  for (;;) {
    const files = await unheldFiles(sql, new Date(clock() - FILES_KEPT), FILES_AT_ONCE);
    if (files.length === 0) return removed;
    for (const { id, roomId } of files) await storage.remove(storageKey(roomId, id));
    removed += await removeFiles(sql, files.map(({ id }) => id));
  }
}
