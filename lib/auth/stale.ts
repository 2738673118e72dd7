import type { Queryable } from "../../db/client.ts";
import { removeOldCodes } from "../../db/queries/one_time_codes.ts";
import { removeOldSessions } from "../../db/queries/sessions.ts";

/** Milliseconds in which an expired code can still be asked for again. */
const CODES_KEPT = 15 * 60_000;
/** Milliseconds in which a session that is over is still told from one that never was. */
const SESSIONS_KEPT = 24 * 60 * 60_000;

/** Removes used and expired codes, and sessions that are over. @returns how many of each */
export async function removeStale(sql: Queryable): Promise<{ codes: number; sessions: number }> {
  const codes = await removeOldCodes(sql, new Date(Date.now() - CODES_KEPT));
  const sessions = await removeOldSessions(sql, new Date(Date.now() - SESSIONS_KEPT));
  return { codes, sessions };
}
