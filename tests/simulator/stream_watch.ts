/** Holds what one connection is given of a room to the protocol's promises: in order, without a gap, only to members. */
import { isDurable, type ServerEvent } from "../../lib/protocol/events.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { identityOf, type Ledger, messageIdentity } from "./ledger.ts";

/** Somebody who was sent out of the room. */
interface Kicked {
  /** Milliseconds since the epoch: when it was acknowledged. */
  at: number;
  /** Whether something written at that time may not come any more; both in milliseconds since the epoch. */
  forbidden(writtenAt: number, kickedAt: number): boolean;
}

export class StreamWatch {
  /** Seq of the last entry given on this connection; null while it is not in the room. */
  #at: number | null = null;
  /** Where a resume stands that has been announced and not ended. */
  #replay: { at: number; to: number } | null = null;
  #evicted = false;
  #kicked: Kicked | null = null;

  constructor(
    private readonly name: string,
    private readonly roomId: RoomId,
    private readonly ledger: Ledger,
  ) {}

  get wasKicked(): boolean {
    return this.#kicked !== null;
  }

  kicked(kicked: Kicked): void {
    this.#kicked = kicked;
  }

  disconnected(): void {
    this.#at = this.#replay = null;
  }

  hear(events: readonly ServerEvent[]): void {
    for (const event of events) {
      if ("roomId" in event && event.roomId === this.roomId) this.#take(event);
    }
  }

  #take(event: ServerEvent): void {
    if (isDurable(event)) return this.#entry(event.seq, identityOf(event), Date.parse(timeOf(event)));
    switch (event.type) {
      case "resumed":
        this.#replay = event.complete ? { at: event.fromSeq, to: event.toSeq } : null;
        return;
      case "room_joined":
        if (this.#evicted) this.#fault("rights", "was let in again after it was sent out");
        if (event.resumed && this.#replay?.at !== event.headSeq) {
          this.#fault("gap", `was resumed up to ${this.#replay?.at}, while the head is ${event.headSeq}`);
        }
        for (const { seq, clientId } of event.messages) {
          this.ledger.saw(this.roomId, seq, messageIdentity(clientId));
        }
        this.#replay = null;
        this.#at = event.headSeq;
        return;
      case "room_left":
      case "room_closed":
      case "moderation":
        this.#at = this.#replay = null;
        this.#evicted = true;
    }
  }

  #entry(seq: number, identity: number, writtenAt: number): void {
    this.ledger.saw(this.roomId, seq, identity);
    if (this.#evicted) this.#fault("rights", `got ${seq} after it was sent out`);
    else if (this.#kicked?.forbidden(writtenAt, this.#kicked.at)) {
      this.#fault("rights", `got ${seq}, written ${writtenAt - this.#kicked.at} ms after it was sent out`);
    }
    if (this.#replay) {
      if (seq !== this.#replay.at + 1) {
        this.#fault("gap", `was given ${seq} after ${this.#replay.at} in a resume`);
      }
      this.#replay.at = seq;
    } else if (this.#at === null) {
      this.#fault("gap", `was given ${seq} while it was not in the room`);
    } else {
      if (seq !== this.#at + 1) this.#fault("gap", `was given ${seq} after ${this.#at}`);
      this.#at = seq;
    }
  }

  #fault(kind: "gap" | "rights", what: string): void {
    this.ledger.fault(kind, `${this.name} in room ${this.roomId} ${what}`);
  }
}

function timeOf(event: Parameters<typeof identityOf>[0]): string {
  switch (event.type) {
    case "new_message":
      return event.message.createdAt;
    case "message_edited":
      return event.editedAt;
    case "message_deleted":
      return event.deletedAt;
    default:
      return event.at;
  }
}
