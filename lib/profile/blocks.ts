import { findDirectRoom } from "../../db/queries/direct_rooms.ts";
import { addBlock, blocksOf, countBlocks, findPerson, removeBlock } from "../../db/queries/blocks.ts";
import { AppError } from "../errors.ts";
import type { BlockedPerson, BlockRequest } from "../protocol/forms/profile.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";

/** Their messages fold away on one's own screen: each page carries the list. */
const BLOCKS_MAX = 1000;

/**
 * Blocks somebody: they can no longer write to, mention or invite this person. They are not told.
 * @throws AppError NOT_FOUND, VALIDATION_FAILED for oneself, FORBIDDEN when the list is full
 */
export async function block(services: Services, userId: UserId, whom: BlockRequest): Promise<void> {
  const found = await findPerson(services.sql, whom);
  if (!found) throw new AppError("NOT_FOUND", { message: "There is nobody of that name." });
  if (found.id === userId) throw ofOneself(Object.keys(whom)[0]!);
  if (await countBlocks(services.sql, userId) >= BLOCKS_MAX) {
    throw new AppError("FORBIDDEN", { message: `You can block at most ${BLOCKS_MAX} people.` });
  }
  await addBlock(services.sql, userId, found.id, new Date(services.clock()));
  await tellTheirRoom(services, userId, found.id);
}

/** Harmless for somebody who is not blocked. */
export async function unblock(services: Services, userId: UserId, blockedId: UserId): Promise<void> {
  await removeBlock(services.sql, userId, blockedId);
  await tellTheirRoom(services, userId, blockedId);
}

/** What they may do in the room that is theirs alone is another now. */
async function tellTheirRoom({ sql, realtime }: Services, one: UserId, other: UserId): Promise<void> {
  const roomId = await findDirectRoom(sql, [one, other]);
  if (roomId) realtime.rightsChanged(roomId);
}

/** Newest first. */
export function listBlocks({ sql }: Services, userId: UserId): Promise<BlockedPerson[]> {
  return blocksOf(sql, userId);
}

function ofOneself(field: string): AppError {
  const message = "You cannot block yourself.";
  return new AppError("VALIDATION_FAILED", { message, fields: { [field]: message } });
}
