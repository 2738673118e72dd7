/** What other features may know of previews. */
import { forgetLinks } from "../../db/queries/message_links.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { removeUnshownPictures } from "./stale.ts";

const AT_ONCE = 500;

/**
 * Forgets which links the messages of a room had, and what was behind those that nobody else has named. May stop anywhere
 * and begin again.
 * @throws the reason of `signal`
 */
export async function forgetPreviews(
  services: Pick<Services, "sql" | "storage">,
  roomId: RoomId,
  signal: AbortSignal,
): Promise<void> {
  do signal.throwIfAborted(); while (await forgetLinks(services.sql, roomId, AT_ONCE) > 0);
  await removeUnshownPictures(services);
}
