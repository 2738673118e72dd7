import type { StoredFile } from "../adapters/storage/storage.ts";
import type { Services } from "../services.ts";

/** Milliseconds an export can be fetched. */
export const EXPORT_LIFE = 7 * 24 * 60 * 60_000;

/** Named by a job's random id, and handed out to that job's owner alone. */
function keyOf(jobId: string): string {
  return `exports/${jobId}.zip`;
}

export function keepExport({ storage }: Services, jobId: string, bytes: Uint8Array): Promise<void> {
  return storage.put(keyOf(jobId), bytes, "application/zip");
}

export function findExport({ storage }: Services, jobId: string): Promise<StoredFile | null> {
  return storage.get(keyOf(jobId));
}

export function removeExport({ storage }: Services, jobId: string): Promise<void> {
  return storage.remove(keyOf(jobId));
}
