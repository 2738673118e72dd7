/** What the database refuses to write: the last line behind the checks of `lib/rooms/access.ts`. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { detailOf, sqlState } from "./sqlstate.ts";

/** Why the database does not take a message: no such room, the room is over, or the author is not in it. */
export type RefusalReason = "missing" | "over" | "stranger";

/** Some of a batch cannot be written; so nothing of it was. */
export class Refused extends Error {
  override name = "Refused";
  constructor(
    readonly reason: RefusalReason,
    /** Which: everybody's messages to a room, or one author's. */
    readonly whose: { roomId: RoomId; authorId?: UserId }[],
  ) {
    super(`messages are refused: ${reason}`);
  }

  concerns(draft: { roomId: RoomId; authorId: UserId | null }): boolean {
    return this.whose.some(({ roomId, authorId }) =>
      roomId === draft.roomId && (authorId === undefined || authorId === draft.authorId)
    );
  }
}

const REASONS: Record<string, RefusalReason> = { PR404: "missing", PR410: "over", PR403: "stranger" };

/** Turns what `append_messages` and its kin raise into {@link Refused}. */
export function sayingWhose(error: unknown): never {
  const reason = REASONS[sqlState(error) ?? ""];
  if (!reason) throw error;
  const whose = detailOf(error).split(",").map((entry) => {
    const [roomId, authorId] = entry.split("/");
    return { roomId: roomId as RoomId, ...(authorId !== undefined && { authorId: authorId as UserId }) };
  });
  throw new Refused(reason, whose);
}
