import { AppError } from "../errors.ts";
import { isSealed, messageBody } from "../protocol/frames.ts";
import type { RoomInfo } from "../protocol/types.ts";

/**
 * Encrypted rooms take sealed words only: plain ones would be readable by us, which the room promises they are not.
 * All others take plain text of its usual length.
 * @throws AppError VALIDATION_FAILED
 */
export function demandFitting(room: RoomInfo, body: string): void {
  const problem = room.encrypted
    ? sealedProblem(body)
    : messageBody.safeParse(body).error?.issues[0]?.message;
  if (!problem) return;
  throw new AppError("VALIDATION_FAILED", { message: `That message ${problem}.`, fields: { body: problem } });
}

function sealedProblem(body: string): string | undefined {
  return isSealed(body) ? undefined : "must be sealed by its author: this room is end-to-end encrypted";
}
