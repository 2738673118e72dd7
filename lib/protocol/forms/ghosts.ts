/** Ghost rooms: making one, coming in, reading back, closing it. */
import { z } from "zod";
import { GHOST_CAPACITY, GHOST_TTL_HOURS, HISTORY_PAGE } from "../limits.ts";
import { choice, optional } from "./fields.ts";
import { nickname } from "./guest.ts";

function whole({ min, max }: { min: number; max: number }) {
  const message = `Use a whole number from ${min} to ${max}.`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
}

/**
 * `POST /api/rooms`. Of a room whose words are sealed by its people the server keeps `keyCheck`, by which they see that
 * they hold the right key.
 */
export const newGhostRoom = z.strictObject({
  ttlHours: optional(whole(GHOST_TTL_HOURS)),
  capacity: optional(whole(GHOST_CAPACITY)),
  encrypted: choice,
  keyCheck: optional(
    z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, "Use 16 to 64 characters of base64url."),
  ),
}).refine(({ encrypted, keyCheck }) => encrypted === (keyCheck !== undefined), {
  path: ["keyCheck"],
  message: "Encrypted rooms have one, and no others.",
});
export type NewGhostRoom = z.output<typeof newGhostRoom>;

/**
 * Names that look the same are the same: letters of compatibility, such as full-width ones, become the usual ones, and
 * several spaces one.
 */
const ghostNickname = z.string("Choose a nickname.")
  .transform((name) => name.normalize("NFKC").replaceAll(/ +/g, " ")).pipe(nickname);

/** `POST /api/rooms/:token/join`. */
export const ghostJoin = z.strictObject({ nickname: ghostNickname });

/** `POST /api/rooms/:token/close`. */
export const ghostClose = z.strictObject({
  ownerKey: z.string("Send the key that you got when you made the room.").min(1).max(100),
});

/** Query of `GET /api/messages/:roomToken`. `before` is a seq, as `nextCursor` gives it. */
export const ghostHistory = z.strictObject({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(HISTORY_PAGE),
});
