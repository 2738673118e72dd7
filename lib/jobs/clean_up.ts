import { finishedJobs, insertJob, removeFinishedJobs } from "../../db/queries/jobs.ts";
import { removeOldInvites, removeTombstones } from "../../db/queries/purge.ts";
import { recordRemoval, removeOldRemovals } from "../../db/queries/removals.ts";
import { removeStale } from "../auth/stale.ts";
import { removeOldPushes } from "../notifications/stale.ts";
import { removeOldPreviews } from "../previews/stale.ts";
import { EXPORT_LIFE, removeExport } from "../profile/export_files.ts";
import { purgeOverdue } from "../rooms/ghosts/purge.ts";
import type { Services } from "../services.ts";
import { removeStaleUploads, removeUnheldFiles } from "../uploads/stale.ts";
import { payloadPlace } from "./create.ts";
import type { Work } from "./work.ts";

/** Milliseconds. */
export const CLEAN_UP_EVERY = 10 * 60_000;
const DAY = 24 * 60 * 60_000;
/** Milliseconds in which late visitors of a ghost room are told that it is over. */
const TOMBSTONES_KEPT = 7 * DAY;
const INVITES_KEPT = 30 * DAY;
const RECORDS_KEPT = 90 * DAY;
/** There is one clean-up in the whole database: whoever holds its row leads. */
const ID = "c1ea0000-0000-4000-8000-000000000001";

/** Puts the clean-up in, unless it is there. */
export async function enrolCleanUp({ sql, vault, clock }: Services): Promise<void> {
  const payloadSealed = await vault.seal(payloadPlace(ID), "{}");
  await insertJob(sql, { id: ID, kind: "clean-up", payloadSealed, runAt: new Date(clock()) });
}

/** Removes what nobody may use any more, and writes down how much that was. */
export async function cleanUp(work: Work): Promise<void> {
  const { services } = work;
  const { sql, clock } = services;
  const at = clock();
  const before = (age: number) => new Date(at - age);
  const { rooms, failure } = await purgeOverdue(work);
  const counts = {
    rooms,
    ...await removeStale(sql, at),
    files: await removeUnheldFiles(services),
    uploads: await removeStaleUploads(services),
    exports: await removeOldExports(services, before(EXPORT_LIFE)),
    invites: await removeOldInvites(sql, before(INVITES_KEPT)),
    tombstones: await removeTombstones(sql, before(TOMBSTONES_KEPT)),
    previews: await removeOldPreviews(services),
    pushes: await removeOldPushes(services),
    records: await removeOldRemovals(sql, before(RECORDS_KEPT)),
  };
  await recordRemoval(sql, { at: new Date(at), what: "clean-up", roomId: null, counts });
  if (failure) throw failure;
}

async function removeOldExports(services: Services, before: Date): Promise<number> {
  const exports = await finishedJobs(services.sql, "export-data", before);
  // Files first: a row that is left is looked at again, a file that is left never would be.
  for (const { id } of exports) await removeExport(services, id);
  await removeFinishedJobs(services.sql, before);
  return exports.length;
}
