import { claimPreview, duePreviews } from "../../db/queries/previews.ts";
import { isAppError } from "../errors.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { addressesOf, type PreviewAddress } from "./address.ts";

/** Milliseconds in which a job that was asked for has to begin before another one may be. */
const QUEUED_FOR = 60_000;

type AskServices = Pick<Services, "sql" | "jobs" | "limits" | "clock" | "web">;

/**
 * Has the links of a message fetched that nobody has fetched lately: a job each, one an address over all isolates. To
 * be called once the message is in the log, and never for what only its readers can read (encrypted rooms).
 * Whoever posts more links than the limit allows posts them without previews.
 *
 * @param links as they stand in the message; the first few count
 * @returns how many fetches were asked for
 */
export async function askForPreviews(
  services: AskServices,
  author: UserId,
  links: readonly string[],
): Promise<number> {
  let asked = 0;
  for (const address of await due(services, links)) {
    if (!await mayAsk(services, author)) break;
    if (await ask(services, address)) asked++;
  }
  return asked;
}

async function due(services: AskServices, links: readonly string[]): Promise<PreviewAddress[]> {
  const addresses = addressesOf(services, links);
  if (addresses.length === 0) return [];
  const now = new Date(services.clock());
  const hashes = await duePreviews(services.sql, addresses.map(({ urlHash }) => urlHash), now);
  return addresses.filter(({ urlHash }) => hashes.has(urlHash.toHex()));
}

async function mayAsk({ limits }: AskServices, author: UserId): Promise<boolean> {
  try {
    await limits.spend("linkPreview", author);
    return true;
  } catch (error) {
    if (isAppError(error) && error.code === "RATE_LIMIT_EXCEEDED") return false;
    throw error;
  }
}

/** Claim and job stand or fall together. */
async function ask({ sql, jobs, clock }: AskServices, address: PreviewAddress): Promise<boolean> {
  const now = clock();
  return await sql.begin(async (sql) => {
    const claim = await claimPreview(sql, address, { now: new Date(now), until: new Date(now + QUEUED_FOR) });
    if (claim === null) return false;
    await jobs.enqueue("fetch-preview", { url: address.url, claim }, { sql });
    return true;
  });
}
