/** From the room's state and the outbox to what stands on the screen. */
import type { PageSignals } from "./environment.ts";
import type { Message, Viewer } from "../protocol/types.ts";
import type { MessageId } from "../protocol/ids.ts";
import type { Outgoing } from "./outbox_store.ts";
import type { RoomView } from "./room.ts";

/** `pending` is on its way; `failed` says in plain words why it did not go. */
export type ViewMessage = Message & { pending?: boolean; failed?: string };

export class MessageViews {
  /** The same entry gives the same object, so that nothing is drawn again that has not changed. */
  readonly #drawn = new WeakMap<Outgoing, ViewMessage>();

  constructor(readonly viewer: Viewer) {}

  /** Everything in the window, then what is on its way; of the past, that alone. */
  of(view: Pick<RoomView, "room" | "outgoing">): ViewMessage[] {
    if (view.room.past) return [...view.room.past.messages];
    return [...view.room.messages, ...view.outgoing.map((entry) => this.#outgoing(entry))];
  }

  /** Mine that can be edited, the newest. */
  lastOwn(view: Pick<RoomView, "room">): ViewMessage | undefined {
    return view.room.messages.findLast((message) =>
      message.author?.id === this.viewer.id && message.kind !== "STICKER" && !message.deletedAt
    );
  }

  #outgoing(entry: Outgoing): ViewMessage {
    const known = this.#drawn.get(entry);
    if (known) return known;
    const { id, name, username, avatar } = this.viewer;
    const message: ViewMessage = {
      id: `unsent-${entry.clientId}` as MessageId,
      seq: Number.MAX_SAFE_INTEGER,
      clientId: entry.clientId,
      kind: entry.kind ?? "TEXT",
      body: entry.body,
      author: { id, name, username, avatar },
      createdAt: new Date(entry.createdAt).toISOString(),
      replyTo: entry.replyTo,
      attachments: [...entry.attachments ?? []],
      ...(entry.state === "failed" ? { failed: entry.reason ?? "" } : { pending: true }),
    };
    this.#drawn.set(entry, message);
    return message;
  }
}

/**
 * What the thin line on top says. Nothing while the first connection is made: the page is whole without it.
 * `connecting` covers a server that is away; `offline` a browser without a network.
 */
export function connectionShown(
  view: Pick<RoomView, "connection" | "wasOnline">,
  page: Pick<PageSignals, "online">,
): "live" | "connecting" | "offline" {
  const { phase } = view.connection;
  if (phase === "online" || phase === "ended") return "live";
  if (!page.online()) return "offline";
  return phase === "connecting" && !view.wasOnline ? "live" : "connecting";
}

/** Why nothing can be sent any more, fit to show; null while it can. */
export function closedBecause(view: Pick<RoomView, "connection" | "room">): string | null {
  return view.connection.phase === "ended" ? view.connection.reason : view.room.closed;
}
