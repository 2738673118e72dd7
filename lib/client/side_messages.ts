/** A few messages beside the conversation: those that are pinned, or a thread. Fetched once, then followed live. */
import { isDurable, type MessageChange, type NewMessage, type ServerEvent } from "../protocol/events.ts";
import type { MessageId, RoomId } from "../protocol/ids.ts";
import { amend } from "../protocol/room_state.ts";
import type { Message } from "../protocol/types.ts";
import { browserFetch, call, type Fetch } from "./api.ts";
import { Listeners } from "./listeners.ts";
import { asRefusal } from "./refusal.ts";
import type { RoomSocket } from "./socket.ts";

export interface SideView {
  phase: "loading" | "ready" | "failed";
  messages: readonly Message[];
  /** Why it failed, fit to show. */
  reason?: string;
}

/** What is shown, and what an event makes of it: other messages, or "again" when only the server can tell. */
export interface SideSource {
  /** @throws {Refusal} */
  fetch: () => Promise<Message[]>;
  follow: (messages: readonly Message[], event: NewMessage | MessageChange) => readonly Message[] | "again";
}

function changed(messages: readonly Message[], event: MessageChange): readonly Message[] {
  const at = messages.findIndex(({ id }) => id === event.messageId);
  return at < 0 ? messages : messages.with(at, amend(messages[at]!, event));
}

/** The room's pinned messages, the newest pin first. */
export function pinnedSource(room: RoomId, fetch: Fetch = browserFetch): SideSource {
  return {
    fetch: () => call(fetch, `/api/chatroom/rooms/${room}/pins`),
    follow(messages, event) {
      if (event.type === "new_message") return messages;
      const known = messages.some(({ id }) => id === event.messageId);
      if (event.type === "message_pinned" && event.on && !known) return "again";
      return changed(messages, event).filter(({ pinnedAt }) => pinnedAt !== undefined);
    },
  };
}

/** The thread that the message at `seq` belongs to, oldest first. */
export function threadSource(room: RoomId, seq: number, fetch: Fetch = browserFetch): SideSource {
  return {
    fetch: () => call(fetch, `/api/chatroom/rooms/${room}/messages/${seq}/thread`),
    follow(messages, event) {
      if (event.type !== "new_message") return changed(messages, event);
      const { message } = event;
      const belongs = messages.some(({ id }) => id === message.replyTo);
      const there = messages.some(({ id }) => id === message.id);
      return belongs && !there ? [...messages, message] : messages;
    },
  };
}

/** A former wording, and until when it stood (ISO 8601, UTC). */
export interface Revision {
  body: string;
  replacedAt: string;
}

/** What a message said before it was edited, oldest first. @throws {Refusal} */
export function fetchRevisions(id: MessageId, fetch: Fetch = browserFetch): Promise<Revision[]> {
  const [room, seq] = id.split("-");
  return call(fetch, `/api/chatroom/rooms/${room}/messages/${seq}/revisions`);
}

export class SideMessages {
  #view: SideView = { phase: "loading", messages: [] };
  /** What came while the messages were on their way: they may be older than it. */
  #meanwhile: (NewMessage | MessageChange)[] | null = null;
  /** Counts fetches: an earlier answer is none any more. */
  #asking = 0;
  #stop: () => void = () => {};
  readonly #views = new Listeners<SideView>();

  constructor(
    readonly room: RoomId,
    readonly source: SideSource,
    readonly socket: Pick<RoomSocket, "onEvents">,
  ) {}

  get view(): SideView {
    return this.#view;
  }

  subscribe(listener: (view: SideView) => void): () => void {
    return this.#views.add(listener);
  }

  start(): void {
    this.#stop = this.socket.onEvents((events) => {
      for (const event of events) this.#hear(event);
    });
    this.load();
  }

  stop(): void {
    this.#asking++;
    this.#stop();
  }

  /** Also tries again after a failure. What is shown stays until the answer is there. */
  async load(): Promise<void> {
    const asking = ++this.#asking;
    this.#meanwhile = [];
    try {
      const messages = await this.source.fetch();
      if (asking !== this.#asking) return;
      const late = this.#meanwhile;
      this.#meanwhile = null;
      this.#become({ phase: "ready", messages });
      for (const event of late) this.#follow(event);
    } catch (error) {
      if (asking !== this.#asking) return;
      this.#meanwhile = null;
      this.#become({ phase: "failed", messages: this.#view.messages, reason: asRefusal(error).message });
    }
  }

  #hear(event: ServerEvent): void {
    if (!("roomId" in event) || event.roomId !== this.room) return;
    // A fresh page instead of what was missed: what is here may have missed it, too.
    if (event.type === "room_joined" && !event.resumed) this.load();
    else if (!isDurable(event)) return;
    else if (this.#meanwhile) this.#meanwhile.push(event);
    else this.#follow(event);
  }

  #follow(event: NewMessage | MessageChange): void {
    const { messages } = this.#view;
    const after = this.source.follow(messages, event);
    if (after === "again") this.load();
    else if (after !== messages) this.#become({ ...this.#view, messages: after });
  }

  #become(view: SideView): void {
    this.#view = view;
    this.#views.tell(view);
  }
}
