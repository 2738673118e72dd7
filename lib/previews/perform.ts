import { type PreviewClaim, releasePreview, storePreview, takePreview } from "../../db/queries/previews.ts";
import type { Work } from "../jobs/work.ts";
import type { Services } from "../services.ts";
import { hashOf } from "./address.ts";
import { fetchPreview } from "./fetch_preview.ts";
import { removePicture } from "./picture.ts";
import type { FetchedPreview } from "./preview.ts";
import { showFound } from "./show.ts";

/** Milliseconds a fetch is left alone: far more than it may take, decoding its picture included. */
const FETCH_LEASE = 30_000;
/** Milliseconds that what was found stands. */
export const FOUND_FOR = 24 * 60 * 60_000;
/** Milliseconds that nothing having been found stands. */
export const NOTHING_FOR = 60 * 60_000;

/**
 * The job that {@link askForPreviews} asked for: finds what stands behind an address, and shows it under the messages that
 * wait for it. Fetches nothing when somebody else does, or just has.
 * @returns whether there is a preview now that was not there before
 * @throws AppError RATE_LIMIT_EXCEEDED when its site is visited too often: the job comes again
 */
export async function performPreview(
  { services, signal }: Pick<Work, "services" | "signal">,
  { url, claim }: { url: string; claim: number },
): Promise<{ found: boolean }> {
  const { sql, clock, limits } = services;
  const urlHash = hashOf(url);
  const now = clock();
  const until = new Date(now + FETCH_LEASE);
  const taken = await takePreview(sql, { urlHash, claim }, { now: new Date(now), until });
  if (taken === null) {
    // Somebody may have died between finding and showing.
    await showFound(services, urlHash);
    return { found: false };
  }
  const mine: PreviewClaim = { urlHash, claim: taken };
  try {
    const visiting = ({ hostname }: URL) => limits.spend("previewHost", hostname);
    const preview = await fetchPreview(services, url, { signal, visiting });
    const found = await keep(services, mine, preview);
    if (found) await showFound(services, urlHash);
    return { found };
  } catch (error) {
    await releasePreview(sql, mine, new Date(clock())).catch(() => {});
    throw error;
  }
}

async function keep(services: Services, mine: PreviewClaim, found: FetchedPreview | null): Promise<boolean> {
  const at = services.clock();
  const expiresAt = new Date(at + (found ? FOUND_FOR : NOTHING_FOR));
  const stored = await storePreview(services.sql, mine, { found, at: new Date(at), expiresAt });
  // Nobody has it.
  if (!stored && found?.image) await removePicture(services, found.image.key);
  return stored && found !== null;
}
