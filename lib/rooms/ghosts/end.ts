import type { Queryable } from "../../../db/client.ts";
import { closeGhostRoom as queryClose } from "../../../db/queries/ghosts.ts";
import { AppError } from "../../errors.ts";
import type { RoomId } from "../../protocol/ids.ts";
import type { Services } from "../../services.ts";
import { openGhostRoom, ownerKeyHash } from "./tokens.ts";

const CLOSED_BY_OWNER = "The one who opened this room has closed it.";

/** Milliseconds between a room's end and its removal: those who are in it are told first, on every isolate. */
export const TOLD_FIRST = 3_000;

/** Puts in the job that takes away all that a room held, when it ends at `endsAt`. */
export async function purgeLater(
  { jobs }: Services,
  sql: Queryable,
  roomId: RoomId,
  endsAt: Date,
): Promise<void> {
  await jobs.enqueue("purge-room", { roomId }, { sql, runAt: new Date(endsAt.getTime() + TOLD_FIRST) });
}

/**
 * Ends a room before its time, for everybody: from now on nobody reads in it or comes in, and it goes as it would at
 * its end.
 * @throws AppError FORBIDDEN for a wrong key, and those of {@link openGhostRoom}
 */
export async function closeGhostRoom(
  services: Services,
  token: string,
  address: string,
  ownerKey: string,
): Promise<void> {
  const { sql, vault, clock, limits, realtime } = services;
  const { id } = await openGhostRoom(services, token, address);
  const at = new Date(clock());
  const change = { ownerKeyHash: await ownerKeyHash(vault, ownerKey), reason: CLOSED_BY_OWNER, at };
  const closed = await sql.begin(async (sql) => {
    if (!await queryClose(sql, id, change)) return false;
    await purgeLater(services, sql, id, at);
    return true;
  });
  if (closed) return realtime.rightsChanged(id);
  // Somebody may have closed it a moment ago.
  await openGhostRoom(services, token, address);
  await limits.spend("wrongRoomToken", address);
  throw new AppError("FORBIDDEN", { message: "That is not the key that this room was made with." });
}
