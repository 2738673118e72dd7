/** Places in a ghost room: there are so many, and whoever is seen keeps theirs, with their nickname. */
import type { Sql } from "../../../db/client.ts";
import { keepPlaces as queryKeepPlaces, type Place, takePlace } from "../../../db/queries/ghosts.ts";
import { AppError } from "../../errors.ts";
import type { RoomId, UserId } from "../../protocol/ids.ts";
import { GHOST_PLACE_SECONDS } from "../../protocol/limits.ts";
import type { Viewer } from "../../protocol/types.ts";
import type { RoomDirectory } from "../directory.ts";
import { refuseOver } from "./over.ts";

/**
 * Keeps a ghost's place, or takes it again when they were away too long.
 * @throws AppError ROOM_FULL, NICKNAME_IN_USE; ROOM_EXPIRED or ROOM_INACTIVE for those who went with their room
 */
export async function claimPlace(
  { sql, rooms }: { sql: Sql; rooms: RoomDirectory },
  { id, room }: Viewer,
): Promise<void> {
  const place = await takePlace(sql, room!, id, GHOST_PLACE_SECONDS);
  if (place === "gone") await refuseOver(rooms, room!);
  demandPlace(place);
}

/** @throws AppError ROOM_FULL, NICKNAME_IN_USE */
export function demandPlace(place: Place): void {
  if (place === "full") throw new AppError("ROOM_FULL");
  if (place === "taken") throw new AppError("NICKNAME_IN_USE");
}

/** These ghosts are connected: those who hold their places keep them for another while. @returns the others */
export async function keepPlaces(
  { sql }: { sql: Sql },
  ghosts: { id: UserId; room: RoomId }[],
): Promise<UserId[]> {
  const kept = new Set(await queryKeepPlaces(sql, ghosts, GHOST_PLACE_SECONDS));
  return ghosts.map(({ id }) => id).filter((id) => !kept.has(id));
}
