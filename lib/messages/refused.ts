import type { Refused } from "../../db/queries/refused.ts";
import { AppError } from "../errors.ts";
import type { ErrorCode } from "../protocol/errors.ts";

const CODES: Record<Refused["reason"], ErrorCode> = {
  missing: "ROOM_NOT_FOUND",
  over: "ROOM_INACTIVE",
  stranger: "NOT_A_MEMBER",
};

/** What the author is told when the database itself refuses: something changed since we looked. */
export function refusalOf({ reason }: Refused): AppError {
  return new AppError(CODES[reason]);
}
