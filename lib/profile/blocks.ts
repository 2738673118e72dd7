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
}

/** Harmless for somebody who is not blocked. */
export function unblock({ sql }: Services, userId: UserId, blockedId: UserId): Promise<void> {
  return removeBlock(sql, userId, blockedId);
}

/** Newest first. */
export function listBlocks({ sql }: Services, userId: UserId): Promise<BlockedPerson[]> {
  return blocksOf(sql, userId);
}

function ofOneself(field: string): AppError {
  const message = "You cannot block yourself.";
  return new AppError("VALIDATION_FAILED", { message, fields: { [field]: message } });
}
