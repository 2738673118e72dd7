/** Client → server: one JSON object a frame. Unknown fields are refused, so that a misspelt one is noticed. */
import { z } from "zod";
import { messageId, roomId } from "./ids.ts";
import { MESSAGE_MAX_CHARACTERS } from "./limits.ts";

/** Echoed in the `ack` or `error` that answers the frame. */
const id = z.string().min(1).max(64).optional();
const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/**
 * Counted in characters as people count them: code points. U+0000 and halves of surrogate pairs, which no database can
 * keep, are replaced here, so that what is delivered live is what is kept.
 */
export const messageBody = z.string().refine((text) => text.trim() !== "", "must not be empty")
  // Only a text with more UTF-16 units than characters allowed needs counting.
  .refine(
    (text) => text.length <= MESSAGE_MAX_CHARACTERS || [...text].length <= MESSAGE_MAX_CHARACTERS,
    `must have at most ${MESSAGE_MAX_CHARACTERS} characters`,
  )
  .transform((text) => text.toWellFormed().replaceAll("\0", "\u{FFFD}"));
/** Two that differ must still differ once they are stored, so nothing that storing would change. */
export const clientId = z.string().min(1).max(64).regex(
  /^[^\p{Cc}\p{Cs}]*$/u,
  "must have no control characters",
);

export const joinRoom = z.strictObject({
  type: z.literal("join_room"),
  id,
  roomId,
  afterSeq: seq.optional(),
});
export const leaveRoom = z.strictObject({ type: z.literal("leave_room"), id, roomId });
export const sendMessage = z.strictObject({
  type: z.literal("send_message"),
  id,
  roomId,
  clientId,
  kind: z.enum(["TEXT"]).default("TEXT"),
  body: messageBody,
  replyTo: messageId.optional(),
  attachments: z.array(z.never()).max(0).optional(),
});
export const editMessage = z.strictObject({
  type: z.literal("edit_message"),
  id,
  messageId,
  body: messageBody,
});
export const deleteMessage = z.strictObject({ type: z.literal("delete_message"), id, messageId });
export const typing = z.strictObject({ type: z.literal("typing"), id, roomId, on: z.boolean() });
export const read = z.strictObject({ type: z.literal("read"), id, roomId, seq });
/** `away` says that the page is hidden or idle. */
export const heartbeat = z.strictObject({ type: z.literal("heartbeat"), id, away: z.boolean().optional() });

export const clientFrame = z.discriminatedUnion("type", [
  joinRoom,
  leaveRoom,
  sendMessage,
  editMessage,
  deleteMessage,
  typing,
  read,
  heartbeat,
]);

/** What the server works with, after parsing. */
export type ClientFrame = z.output<typeof clientFrame>;
/** What a client may write. */
export type ClientFrameInput = z.input<typeof clientFrame>;
export type FrameOf<Type extends ClientFrame["type"]> = Extract<ClientFrame, { type: Type }>;
