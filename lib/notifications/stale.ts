import { removeFinishedOf } from "../../db/queries/jobs.ts";
import type { Services } from "../services.ts";

/** Milliseconds that a notification's job is kept after its end: there may be thousands an hour. */
const KEPT = 60 * 60_000;

/** Removes the jobs of notifications that have ended. @returns how many */
export function removeOldPushes({ sql, clock }: Services): Promise<number> {
  return removeFinishedOf(sql, ["tell-room", "send-push"], new Date(clock() - KEPT));
}
