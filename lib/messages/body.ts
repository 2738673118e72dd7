import { AppError } from "../errors.ts";
import { isSealed, messageBody } from "../protocol/frames.ts";
import { isSticker } from "../protocol/stickers.ts";
import { fileNames } from "../protocol/attachments.ts";
import type { Attachment, RoomInfo } from "../protocol/types.ts";

type Kind = "TEXT" | "STICKER";

/**
 * What a message says, once it fits its room. Encrypted rooms take sealed words only: plain ones would be readable by us,
 * which the room promises they are not. All others take plain text of its usual length, and stickers by their ids; where
 * nothing is said beside files, their names stand for it.
 * @throws AppError VALIDATION_FAILED
 */
export function demandFitting(
  room: RoomInfo,
  body: string,
  { kind = "TEXT", files = [] }: { kind?: Kind; files?: readonly Attachment[] } = {},
): string {
  const said = body === "" && kind === "TEXT" ? fileNames(files) : body;
  const problem = problemOf(room, said, kind);
  if (!problem) return said;
  throw new AppError("VALIDATION_FAILED", { message: `That message ${problem}.`, fields: { body: problem } });
}

function problemOf(room: RoomInfo, body: string, kind: Kind): string | undefined {
  if (room.encrypted) {
    return kind === "STICKER" ? "must be text: this room is end-to-end encrypted" : sealedProblem(body);
  }
  if (kind === "STICKER") return isSticker(body) ? undefined : "must name a sticker that there is";
  return messageBody.safeParse(body).error?.issues[0]?.message;
}

function sealedProblem(body: string): string | undefined {
  return isSealed(body) ? undefined : "must be sealed by its author: this room is end-to-end encrypted";
}
