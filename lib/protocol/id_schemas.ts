/** What an id looks like when it comes from outside. */
import { z } from "zod";
import type { MessageId, RoomId } from "./ids.ts";

const decimal = z.string().regex(/^[1-9]\d{0,17}$/, "must be a decimal id");

export const roomId = decimal.transform((id) => id as RoomId);
export const messageId = z.string().regex(/^[1-9]\d{0,17}-[1-9]\d{0,15}$/, "must be a message id")
  .transform((id) => id as MessageId);
