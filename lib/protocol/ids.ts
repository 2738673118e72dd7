import { z } from "zod";

/**
 * Identifiers. Inside the database they are 64-bit integers; on the wire they are decimal strings, because
 * JavaScript's numbers stop being exact at 2^53. The brand keeps a room's id from being passed as a user's.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type UserId = Branded<"UserId">;
export type RoomId = Branded<"RoomId">;
export type LoungeId = Branded<"LoungeId">;
/** A message is named by its place in its room's log, `<roomId>-<seq>`: no second index is needed to find it. */
export type MessageId = Branded<"MessageId">;

const decimal = z.string().regex(/^[1-9]\d{0,17}$/, "must be a decimal id");

export const roomId = decimal.transform((id) => id as RoomId);
export const messageId = z.string().regex(/^[1-9]\d{0,17}-[1-9]\d{0,15}$/, "must be a message id")
  .transform((id) => id as MessageId);

/** The id of the message that stands at `seq` in `room`. */
export function messageIdOf(room: RoomId, seq: number): MessageId {
  return `${room}-${seq}` as MessageId;
}

/** The two halves of a message id. The id must have passed {@link messageId}. */
export function partsOf(id: MessageId): { roomId: RoomId; seq: number } {
  const [room, seq] = id.split("-");
  return { roomId: room as RoomId, seq: Number(seq) };
}
