import { finishedJobs, insertJob, removeFinishedJobs } from "../../db/queries/jobs.ts";
import { removeStale } from "../auth/stale.ts";
import { EXPORT_LIFE, removeExport } from "../profile/export_files.ts";
import type { Services } from "../services.ts";
import { payloadPlace } from "./create.ts";
import type { Work } from "./work.ts";

/** Milliseconds. */
export const CLEAN_UP_EVERY = 10 * 60_000;
/** There is one clean-up in the whole database: whoever holds its row leads. */
const ID = "c1ea0000-0000-4000-8000-000000000001";

/** Puts the clean-up in, unless it is there. */
export async function enrolCleanUp({ sql, vault, clock }: Services): Promise<void> {
  const payloadSealed = await vault.seal(payloadPlace(ID), "{}");
  await insertJob(sql, { id: ID, kind: "clean-up", payloadSealed, runAt: new Date(clock()) });
}

/** Removes what nobody may use any more. */
export async function cleanUp({ services }: Work): Promise<void> {
  const { sql, clock } = services;
  await removeStale(sql);
  const before = new Date(clock() - EXPORT_LIFE);
  // Files first: a row that is left is looked at again, a file that is left never would be.
  for (const { id } of await finishedJobs(sql, "export-data", before)) await removeExport(services, id);
  await removeFinishedJobs(sql, before);
}
