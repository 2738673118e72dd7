import { type PreviewTimes, roomsAwaiting, showPreview } from "../../db/queries/message_links.ts";
import type { Services } from "../services.ts";

/**
 * Milliseconds from a message to the last moment at which a preview may still come under it: longer than a fetch is tried,
 * and not so long that old words are brought up again.
 */
export const AWAITED_FOR = 60 * 60_000;
/** Messages of one room in one transaction, during which nothing else is said there. */
const AT_ONCE = 50;

/** What may be shown under messages now. */
export function previewTimes({ clock }: Pick<Services, "clock">): PreviewTimes {
  const now = clock();
  return { now: new Date(now), since: new Date(now - AWAITED_FOR) };
}

/** Shows what was found behind an address wherever it is waited for, and tells the rooms. May be done again. */
export async function showFound(
  services: Pick<Services, "sql" | "clock" | "realtime">,
  urlHash: Uint8Array,
): Promise<void> {
  const { sql, realtime } = services;
  const times = previewTimes(services);
  for (const roomId of await roomsAwaiting(sql, urlHash, times.since)) {
    let shown: number;
    do {
      const events = await showPreview(sql, { roomId, urlHash, limit: AT_ONCE }, times);
      for (const event of events) realtime.announce(event);
      shown = events.length;
    } while (shown === AT_ONCE);
  }
}
