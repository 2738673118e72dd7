import type { Queryable } from "../../db/client.ts";
import { removeOldCodes } from "../../db/queries/one_time_codes.ts";
import { removeOldSessions } from "../../db/queries/sessions.ts";

/** Milliseconds in which an expired code can still be asked for again. */
const CODES_KEPT = 15 * 60_000;
/** Milliseconds in which a session that is over is still told from one that never was. Of ghosts nothing is kept. */
const SESSIONS_KEPT = 24 * 60 * 60_000;

/**
 * Removes used and expired codes, and sessions that are over.
 * @param now milliseconds since the epoch
 * @returns how many of each; guests' and ghosts' are among the `sessions`
 */
export async function removeStale(
  sql: Queryable,
  now: number = Date.now(),
): Promise<{ codes: number; sessions: number; guestSessions: number; ghostSessions: number }> {
  const codes = await removeOldCodes(sql, new Date(now - CODES_KEPT));
  const removed = await removeOldSessions(sql, {
    before: new Date(now - SESSIONS_KEPT),
    ghosts: new Date(now),
  });
  const { member = 0, guest = 0, ghost = 0 } = removed;
  return { codes, sessions: member + guest + ghost, guestSessions: guest, ghostSessions: ghost };
}
