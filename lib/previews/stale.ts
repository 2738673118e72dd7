import { forgetPictures, removePreviews, unshownPictures } from "../../db/queries/previews.ts";
import type { Services } from "../services.ts";
import { removePicture } from "./picture.ts";

const AT_ONCE = 500;

/**
 * Removes what is known of addresses once it has expired, or no message names them any more, and pictures that are shown
 * nowhere. What messages show is their own.
 * @returns how many addresses
 */
export async function removeOldPreviews(
  services: Pick<Services, "sql" | "clock" | "storage">,
): Promise<number> {
  const { sql, clock } = services;
  let removed = 0;
  let some: number;
  do {
    some = await removePreviews(sql, new Date(clock()), AT_ONCE);
    removed += some;
  } while (some === AT_ONCE);
  await removeUnshownPictures(services);
  return removed;
}

/** Files first: a row that is left is looked at again, a file that is left never would be. */
export async function removeUnshownPictures(
  services: Pick<Services, "sql" | "storage">,
): Promise<void> {
  let keys: string[];
  do {
    keys = await unshownPictures(services.sql, AT_ONCE);
    for (const key of keys) await removePicture(services, key);
    await forgetPictures(services.sql, keys);
  } while (keys.length === AT_ONCE);
}
