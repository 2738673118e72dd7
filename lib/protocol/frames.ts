/** Client → server: one JSON object a frame. Unknown fields are refused, so that a misspelt one is noticed. */
import { z } from "zod";
import { messageId, roomId } from "./id_schemas.ts";
import { ATTACHMENTS_MAX, MESSAGE_MAX_CHARACTERS, SEALED_MAX_CHARACTERS } from "./limits.ts";

/** Echoed in the `ack` or `error` that answers the frame. */
const id = z.string().min(1).max(64).optional();
const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/**
 * Counted in characters as people count them: code points. U+0000 and halves of surrogate pairs, which no database can
 * keep, are replaced here, so that what is delivered live is what is kept.
 */
const words = z.string()
  // Only a text with more UTF-16 units than characters allowed needs counting.
  .refine(
    (text) => text.length <= MESSAGE_MAX_CHARACTERS || [...text].length <= MESSAGE_MAX_CHARACTERS,
    `must have at most ${MESSAGE_MAX_CHARACTERS} characters`,
  )
  .transform((text) => text.toWellFormed().replaceAll("\0", "\u{FFFD}"));
const isBlank = (text: string) => text.trim() === "";
export const messageBody = z.string().refine((text) => !isBlank(text), "must not be empty").pipe(words);
/** Beside files nothing need be said. */
export const bodyBesideFiles = words.transform((text) => isBlank(text) ? "" : text);
/** What people of an encrypted room send instead: version, 96-bit IV and AES-GCM ciphertext, in base64url. */
export const sealedBody = z.string().max(SEALED_MAX_CHARACTERS).regex(
  /^e1\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22,}$/,
  "must be sealed text",
);
/** True for text that only the people of an encrypted room can read. Plain rooms may well hold such words too. */
export function isSealed(body: string): boolean {
  return sealedBody.safeParse(body).success;
}
/** Whether words are sealed or plain is the room's affair. */
const sealedOr = (plain: z.ZodType<string, string>) =>
  z.string().transform((text, context) => {
    if (isSealed(text)) return text;
    const { data, error } = plain.safeParse(text);
    for (const { message } of error?.issues ?? []) context.addIssue({ code: "custom", message });
    return data ?? z.NEVER;
  });
/** A ghost room's name in links: 128 unguessable bits. */
export const roomToken = z.string().regex(/^ghost-[A-Za-z0-9_-]{8,64}$/, "must be a room's token");
/** Two that differ must still differ once they are stored, so nothing that storing would change. */
export const clientId = z.string().min(1).max(64).regex(
  /^[^\p{Cc}\p{Cs}]*$/u,
  "must have no control characters",
);

/** Ghosts may name their room by its token, as they know it. */
export const joinRoom = z.strictObject({
  type: z.literal("join_room"),
  id,
  roomId: roomId.optional(),
  roomToken: roomToken.optional(),
  afterSeq: seq.optional(),
}).refine(
  (frame) => (frame.roomId === undefined) !== (frame.roomToken === undefined),
  "name the room by roomId or by roomToken",
);
export const leaveRoom = z.strictObject({ type: z.literal("leave_room"), id, roomId });
export const sendMessage = z.strictObject({
  type: z.literal("send_message"),
  id,
  roomId,
  clientId,
  /** Pictures and files make their own kinds: what was attached tells which. The `body` of a STICKER is a sticker's id. */
  kind: z.enum(["TEXT", "STICKER"]).default("TEXT"),
  /** May be empty beside files: then their names stand for it. */
  body: sealedOr(bodyBesideFiles),
  replyTo: messageId.optional(),
  /** Ids of uploaded files of one's own that no message holds yet. */
  attachments: z.array(z.uuid()).max(ATTACHMENTS_MAX).optional(),
}).refine(({ kind, attachments = [] }) => kind === "TEXT" || attachments.length === 0, {
  path: ["attachments"],
  message: "cannot go with a sticker",
}).refine(({ body, attachments = [] }) => body !== "" || attachments.length > 0, {
  path: ["body"],
  message: "must not be empty",
});
export const editMessage = z.strictObject({
  type: z.literal("edit_message"),
  id,
  messageId,
  body: sealedOr(messageBody),
});
export const deleteMessage = z.strictObject({ type: z.literal("delete_message"), id, messageId });
/** One emoji as people see one, however many code points it takes. */
const emoji = z.string().max(64).refine((text) => /^\p{RGI_Emoji}$/v.test(text), "must be one emoji");
export const react = z.strictObject({ type: z.literal("react"), id, messageId, emoji, on: z.boolean() });
export const pinMessage = z.strictObject({ type: z.literal("pin_message"), id, messageId, on: z.boolean() });
/** Takes the previews off a message, for everybody and for good. */
export const removePreviews = z.strictObject({ type: z.literal("remove_previews"), id, messageId });
export const typing = z.strictObject({ type: z.literal("typing"), id, roomId, on: z.boolean() });
export const read = z.strictObject({ type: z.literal("read"), id, roomId, seq });
/** This message and all after it are new to me again, on all my devices. */
export const markUnread = z.strictObject({ type: z.literal("mark_unread"), id, messageId });
/** News of all my rooms, without being in them. */
export const watchRooms = z.strictObject({ type: z.literal("watch_rooms"), id, on: z.boolean() });
/** `away` says that the page is hidden or idle. */
export const heartbeat = z.strictObject({ type: z.literal("heartbeat"), id, away: z.boolean().optional() });

export const clientFrame = z.discriminatedUnion("type", [
  joinRoom,
  leaveRoom,
  sendMessage,
  editMessage,
  deleteMessage,
  react,
  pinMessage,
  removePreviews,
  typing,
  read,
  markUnread,
  watchRooms,
  heartbeat,
]);

/** What the server works with, after parsing. */
export type ClientFrame = z.output<typeof clientFrame>;
/** What a client may write. */
export type ClientFrameInput = z.input<typeof clientFrame>;
export type FrameOf<Type extends ClientFrame["type"]> = Extract<ClientFrame, { type: Type }>;
