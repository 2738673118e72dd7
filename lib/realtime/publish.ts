import type { DurableEvent } from "../protocol/events.ts";
import type { Attachment, Author, MessageKind } from "../protocol/types.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";

/** A message that has been allowed and waits for its place in the room's log. */
export interface Posting {
  roomId: RoomId;
  author: Author;
  clientId: string;
  kind: MessageKind;
  body: string;
  replyToSeq?: number;
  attachments?: Attachment[];
  /** Whom it names. */
  mentions?: UserId[];
}

/** Where it came to stand. */
export interface Posted {
  seq: number;
  /** ISO 8601. */
  createdAt: string;
}

/** Is told, once, what became of a posting. Must not throw. */
export interface Receipt {
  kept(posted: Posted): void;
  /** @param error AppError as {@link Publisher.post} throws */
  refused(error: unknown): void;
}

/** How features put something into a room's log. */
export interface Publisher {
  /**
   * Keeps a message and tells the room. The same `clientId` of the same author in the same room is the same message.
   * @throws AppError UNAVAILABLE when the database did not take it; the same posting may be tried again.
   */
  post(posting: Posting): Promise<Posted>;
  /** As {@link post}, without a promise for each: sockets send by the thousand. */
  hand(posting: Posting, receipt: Receipt): void;
  /** Tells the room of an event that the database holds already. */
  announce(event: DurableEvent): void;
}
