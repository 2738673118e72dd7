/** The end of a ghost room: nothing of it is left, for good. */
import { someFilesOf, type StaleFile } from "../../../db/queries/files.ts";
import {
  beginPurge,
  BELONGING_NAMES,
  finishPurge,
  ghostsOf,
  overdueRooms,
  purgeFiles,
  purgeSome,
} from "../../../db/queries/purge.ts";
import type { Work } from "../../jobs/work.ts";
import { forgetPreviews } from "../../previews/directory.ts";
import type { RoomId } from "../../protocol/ids.ts";
import { removeBlob, roomFolder } from "../../uploads/directory.ts";
import { TOLD_FIRST } from "./end.ts";

/** Rows in one transaction: some twenty milliseconds, in which others do not notice it. */
const ROWS_AT_ONCE = 500;
const FILES_AT_ONCE = 20;

type Purging = Pick<Work, "services" | "signal">;

/**
 * Takes away all that a ghost room held, once it is over: files, words, people, what KV and memory know of them. May
 * stop anywhere and begin again. Files go before the rows that name them, and what names the people goes last.
 */
export async function purgeRoom(work: Purging, roomId: RoomId): Promise<void> {
  const { services, signal } = work;
  const { sql, storage, realtime, clock } = services;
  const removal = await beginPurge(sql, roomId, new Date(clock()));
  if (!removal) return;
  realtime.rightsChanged(roomId);
  await removeFiles(work, roomId, removal);
  // What was being written when the room ended.
  await storage.removeFolder(roomFolder(roomId));
  await forgetPreviews(services, roomId, signal);
  await realtime.forgetRoom(roomId, await ghostsOf(sql, roomId));
  for (const what of BELONGING_NAMES) {
    let left = true;
    while (left) {
      signal.throwIfAborted();
      left = await purgeSome(sql, { roomId, removal, what, limit: ROWS_AT_ONCE }) > 0;
    }
  }
  await finishPurge(sql, roomId);
}

/**
 * Purges every ghost room whose own job has not: a net under them. One that cannot be purged does not keep the others.
 * @returns how many are gone now, and what went wrong first
 */
export async function purgeOverdue(work: Purging): Promise<{ rooms: number; failure?: unknown }> {
  const { services: { sql, clock }, signal } = work;
  const overdue = await overdueRooms(sql, new Date(clock() - TOLD_FIRST));
  const failures: unknown[] = [];
  for (const roomId of overdue) {
    signal.throwIfAborted();
    await purgeRoom(work, roomId).catch((error) => failures.push(error));
  }
  return { rooms: overdue.length - failures.length, failure: failures[0] };
}

async function removeFiles({ services: { sql, storage }, signal }: Purging, roomId: RoomId, removal: string) {
  for (;;) {
    signal.throwIfAborted();
    const files: StaleFile[] = await someFilesOf(sql, roomId, FILES_AT_ONCE);
    if (files.length === 0) return;
    for (const file of files) await removeBlob(storage, file);
    await purgeFiles(sql, removal, files);
  }
}
