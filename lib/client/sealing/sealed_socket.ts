/** A room's socket with the sealing in between: whoever uses it says and hears plain words, and sees them in order. */
import type { ServerEvent } from "../../protocol/events.ts";
import type { ClientFrameInput } from "../../protocol/frames.ts";
import type { RoomId } from "../../protocol/ids.ts";
import type { HistoryPage } from "../../protocol/types.ts";
import type { Answer } from "../connection.ts";
import { Listeners } from "../listeners.ts";
import type { RoomSocket, SocketState } from "../socket.ts";
import type { SealedMessages } from "./messages.ts";

export class SealedSocket implements RoomSocket {
  readonly #events = new Listeners<ServerEvent[]>();
  /** What an arrived event became, for whoever gets it as an answer. */
  readonly #opened = new WeakMap<ServerEvent, ServerEvent>();
  /** Settles when everything that has arrived has been told. Never rejects. */
  #told: Promise<void> = Promise.resolve();

  constructor(readonly inner: RoomSocket, readonly messages: SealedMessages) {
    inner.onEvents((events) => this.#arrived(events));
  }

  get state(): SocketState {
    return this.inner.state;
  }

  subscribe(listener: (state: SocketState) => void): () => void {
    return this.inner.subscribe(listener);
  }

  /** Hears the events of each server frame, opened, in their order. */
  onEvents(listener: (events: ServerEvent[]) => void): () => void {
    return this.#events.add(listener);
  }

  start(): void {
    this.inner.start();
  }

  stop(): void {
    this.inner.stop();
  }

  reconnect(): void {
    this.inner.reconnect();
  }

  /** Only for frames without words: what is worth nothing a second later holds none. */
  send(frame: ClientFrameInput): void {
    if (frame.type === "send_message" || frame.type === "edit_message") {
      throw new TypeError("words are sealed by request()");
    }
    this.inner.send(frame);
  }

  /**
   * Seals the frame's words, sends it and waits for its answer, and until what came with that has been opened and
   * told, as `RoomJoin` needs it.
   * @throws {Refusal}
   */
  async request(frame: ClientFrameInput): Promise<Answer> {
    const sealed = await this.messages.seal(frame);
    let answer: Answer;
    try {
      answer = await this.inner.request(sealed);
    } finally {
      await this.#told;
    }
    return (this.#opened.get(answer) ?? answer) as Answer;
  }

  #arrived(events: ServerEvent[]): void {
    // Opening begins at once and for many frames at a time; telling waits its turn.
    const opening = this.messages.open(events);
    this.#told = this.#told.then(async () => {
      const opened = await opening;
      events.forEach((event, at) => this.#opened.set(event, opened[at]!));
      this.#events.tell(opened);
    }).catch(reportError);
  }
}

/** History, opened before anybody sees it. */
export function openHistory(
  messages: SealedMessages,
  fetchHistory: (room: RoomId, cursor: string) => Promise<HistoryPage>,
): (room: RoomId, cursor: string) => Promise<HistoryPage> {
  return async (room, cursor) => await messages.openPage(await fetchHistory(room, cursor));
}
