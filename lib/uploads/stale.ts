import { removeFiles, unheldFiles } from "../../db/queries/files.ts";
import { staleUploads, withdrawUpload } from "../../db/queries/uploads.ts";
import type { Services } from "../services.ts";
import { KEPT_UNHELD } from "./access.ts";
import { UPLOAD_LIFE } from "./begin.ts";
import { removeBlob, removeSent } from "./directory.ts";

const AT_ONCE = 100;

/** Removes files that came to stand in no message, or whose message was deleted, a day ago. @returns how many */
export async function removeUnheldFiles({ sql, storage, clock }: Services): Promise<number> {
  const before = new Date(clock() - KEPT_UNHELD);
  let removed = 0;
  for (;;) {
    const files = await unheldFiles(sql, before, AT_ONCE);
    if (files.length === 0) return removed;
    // Bytes first: a row that is left is looked at again, bytes that are left never would be.
    for (const file of files) await removeBlob(storage, file);
    removed += await removeFiles(sql, files.map(({ id }) => id));
  }
}

/** Removes uploads that were begun and not finished in time. @returns how many */
export async function removeStaleUploads({ sql, storage, clock }: Services): Promise<number> {
  const before = new Date(clock() - UPLOAD_LIFE);
  let removed = 0;
  for (;;) {
    const uploads = await staleUploads(sql, before, AT_ONCE);
    if (uploads.length === 0) return removed;
    for (const id of uploads) {
      if (await withdrawUpload(sql, id, (received) => removeSent(storage, received))) removed++;
    }
  }
}
