import { findOwnProfile } from "../../db/queries/profiles.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";

/**
 * What somebody reads, best first: what a member has said of themselves, before what their browser says.
 *
 * @param accepted the browser's languages, BCP 47
 */
export async function languagesRead(
  { sql }: Services,
  viewer: Viewer | null,
  accepted: string[],
): Promise<string[]> {
  const said = viewer?.tier === "member" ? (await findOwnProfile(sql, viewer.id))?.languages ?? [] : [];
  return [...new Set([...said, ...accepted])];
}
