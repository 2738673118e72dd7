/**
 * Identifiers, free of everything: browsers take ids apart too. Inside the database they are 64-bit integers; on the wire they are decimal strings, because
 * JavaScript's numbers stop being exact at 2^53. The brand keeps a room's id from being passed as a user's.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type UserId = Branded<"UserId">;
export type RoomId = Branded<"RoomId">;
export type LoungeId = Branded<"LoungeId">;
/** A message is named by its place in its room's log, `<roomId>-<seq>`: no second index is needed to find it. */
export type MessageId = Branded<"MessageId">;

/** The id of the message that stands at `seq` in `room`. */
export function messageIdOf(room: RoomId, seq: number): MessageId {
  return `${room}-${seq}` as MessageId;
}

/** The two halves of a message id. The id must have passed `messageId` of id_schemas.ts. */
export function partsOf(id: MessageId): { roomId: RoomId; seq: number } {
  const [room, seq] = id.split("-");
  return { roomId: room as RoomId, seq: Number(seq) };
}
