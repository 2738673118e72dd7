import { AppError } from "../errors.ts";
import { mayAdminister } from "../protocol/permissions.ts";
import type { Viewer } from "../protocol/types.ts";

/** @throws AppError FORBIDDEN unless they keep the house */
export function demandAdmin(viewer: Viewer): void {
  if (!mayAdminister(viewer)) throw new AppError("FORBIDDEN", { message: "That is for administrators." });
}
