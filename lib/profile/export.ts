import { makeZip } from "client-zip";
import { ownAccount, roomsWrittenIn } from "../../db/queries/own_data.ts";
import { audit } from "../audit/audit.ts";
import type { Result, Work } from "../jobs/work.ts";
import type { UserId } from "../protocol/ids.ts";
import { keepExport } from "./export_files.ts";
import { accountFiles, roomFile } from "./own_data.ts";

/**
 * Job: writes everything that is kept about somebody into one ZIP file. Done again, it writes the same file again.
 * @returns its size in bytes; nothing for somebody who is not there any more.
 */
export async function exportData(work: Work, userId: UserId): Promise<Result> {
  const { services, jobId } = work;
  const account = await ownAccount(services.sql, userId);
  if (!account || account.erasedAt) return null;
  const bytes = await collect(makeZip(filesOf()));
  await keepExport(services, jobId, bytes);
  await audit(services.sql, { action: "account.exported", actorId: userId, subjectId: userId });
  return { size: bytes.length };

  async function* filesOf() {
    const rooms = await roomsWrittenIn(services.sql, userId);
    yield* await accountFiles(services, account!);
    for (const [done, room] of rooms.entries()) {
      work.signal.throwIfAborted();
      await work.progress((done + 1) / (rooms.length + 1) * 100);
      yield roomFile(services, userId, room);
    }
  }
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}
