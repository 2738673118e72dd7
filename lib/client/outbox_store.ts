/**
 * Where unsent messages wait. One key a message, so that two tabs never overwrite each other's; the key names the
 * account, so that the next person at this browser does not send them.
 */
import type { MessageId, RoomId, UserId } from "../protocol/ids.ts";
import type { Attachment } from "../protocol/types.ts";
import type { Store } from "./environment.ts";

export interface Outgoing {
  /** Chosen here, kept over retries and reloads: it makes the send the same message, however often it goes out. */
  clientId: string;
  roomId: RoomId;
  /** Plain words if nothing is said. */
  kind?: "STICKER";
  /** What it says; of a sticker, its id. */
  body: string;
  replyTo?: MessageId;
  /** Files of mine that are in the room already. */
  attachments?: readonly Attachment[];
  /** Milliseconds since 1970; also the order in which messages go out. */
  createdAt: number;
  /** `sent`: the server has it, but the room's log has not shown it here yet. */
  state: "pending" | "sending" | "sent" | "failed";
  /** Why it failed, fit to show. */
  reason?: string;
  /** It may work when tried again as it is. */
  retryable?: boolean;
  /** Once `sent`: its place in the room's log. */
  seq?: number;
}

export class OutboxStore {
  readonly #prefix: string;

  constructor(readonly store: Store, user: UserId, room: RoomId) {
    this.#prefix = `parley:outbox:${user}:${room}:`;
  }

  /** Oldest first. What was `sending` when the page went is pending again: nobody knows whether it arrived. */
  load(): Outgoing[] {
    return this.store.keys().filter((key) => key.startsWith(this.#prefix))
      .flatMap((key) => parsed(this.store.get(key)) ?? [])
      .map((entry): Outgoing => entry.state === "sending" ? { ...entry, state: "pending" } : entry)
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  save(entry: Outgoing): void {
    this.store.set(this.#prefix + entry.clientId, JSON.stringify(entry));
  }

  remove(clientId: string): void {
    this.store.remove(this.#prefix + clientId);
  }

  /** Hears when another tab has sent or discarded a message. */
  onRemoved(listener: (clientId: string) => void): () => void {
    return this.store.watch((key, value) => {
      if (value === null && key.startsWith(this.#prefix)) listener(key.slice(this.#prefix.length));
    });
  }
}

/** The store is the user's to edit and another build's to write: what does not fit is passed over. */
function parsed(text: string | null): Outgoing | null {
  try {
    const entry = JSON.parse(text ?? "null") as Outgoing | null;
    return typeof entry?.clientId === "string" && typeof entry.body === "string" ? entry : null;
  } catch {
    return null;
  }
}
