/** One room in the browser: what is said in it, what I am saying, and how it stands with the connection. */
import type { ServerEvent } from "../protocol/events.ts";
import type { ClientFrameInput } from "../protocol/frames.ts";
import type { MessageId } from "../protocol/ids.ts";
import { applyEvent } from "../protocol/reduce.ts";
import { leavePast, shown } from "../protocol/history.ts";
import {
  expireTyping,
  newSince,
  type Past,
  type RoomState,
  type Snapshot,
  trimWindow,
} from "../protocol/room_state.ts";
import type { Attachment, Viewer } from "../protocol/types.ts";
import type { PageSignals, Timers } from "./environment.ts";
import type { Blocks } from "./blocks.ts";
import { type FetchPage, History, reachBack } from "./history.ts";
import { RoomJoin } from "./join.ts";
import { Listeners } from "./listeners.ts";
import type { Outbox } from "./outbox.ts";
import type { Outgoing } from "./outbox_store.ts";
import { ReadPointer } from "./read_pointer.ts";
import type { RoomSocket, SocketState } from "./socket.ts";
import { firstView, type RoomView } from "./room_view.ts";
import { TypingExpiry } from "./typing_expiry.ts";
import { TypingSignal } from "./typing_signal.ts";

/** A page left open keeps this many messages once it has seen twice as many, while its reader is at the end. */
const WINDOW = 200;

export { firstView, type RoomView };

export interface RoomDeps {
  viewer: Viewer;
  snapshot: Snapshot;
  /** The old messages that the page opened at. */
  past?: Past;
  socket: RoomSocket;
  outbox: Outbox;
  blocks: Pick<Blocks, "ids" | "subscribe">;
  /** The page before a cursor. */
  fetchHistory: FetchPage;
  /** The page after a cursor; needed where there is a past. */
  fetchNewer?: FetchPage;
  timers: Timers;
  page: PageSignals;
  /** What asks for the room and all after `afterSeq`; it names the room by its id if nothing is said. */
  joinFrame?: (afterSeq: number) => ClientFrameInput;
  random?: () => number;
}

export class RoomClient {
  #room: RoomState;
  #atBottom: boolean;
  /** The head when the reader was last at the end of the room. */
  #seenSeq: number;
  #view: RoomView;
  #stops: (() => void)[] = [];
  readonly typing: TypingSignal;
  readonly #expiry: TypingExpiry;
  readonly #history: History;
  readonly #read: ReadPointer;
  readonly #join: RoomJoin;
  readonly #views = new Listeners<RoomView>();

  constructor(readonly deps: RoomDeps) {
    const { snapshot, socket, timers, fetchHistory, blocks } = deps;
    this.#view = firstView(snapshot, blocks.ids, deps.past);
    this.#room = this.#view.room;
    this.#atBottom = this.#room.past === null;
    this.#seenSeq = this.#room.headSeq;
    this.#history = new History(fetchHistory, deps.fetchNewer ?? fetchHistory);
    const roomId = snapshot.roomId;
    this.#read = new ReadPointer(timers, (seq) => {
      socket.send({ type: "read", roomId, seq });
      this.#apply([{ type: "read", roomId, seq }]);
    });
    this.typing = new TypingSignal(timers, (on) => socket.send({ type: "typing", roomId, on }));
    this.#expiry = new TypingExpiry(timers, () => this.#expireTyping());
    this.#join = new RoomJoin({
      socket,
      timers,
      room: () => this.#room,
      random: deps.random ?? Math.random,
      frame: deps.joinFrame ?? ((afterSeq) => ({ type: "join_room", roomId, afterSeq })),
      onJoined: (readSeq) => this.#joined(readSeq),
      onRefused: (reason) => this.#close(reason),
    });
  }

  /** The newest words are before the reader's eyes. */
  get reading(): boolean {
    return this.#atBottom && !this.deps.page.hidden();
  }

  get view(): RoomView {
    return this.#view;
  }

  subscribe(listener: (view: RoomView) => void): () => void {
    return this.#views.add(listener);
  }

  /** Starts listening; the socket itself is started by whoever made it. */
  start(): void {
    const { socket, outbox, blocks, page } = this.deps;
    this.#stops = [
      socket.onEvents((events) => this.#apply(events)),
      socket.subscribe((state) => this.#connectionChanged(state)),
      outbox.subscribe(() => this.#publish()),
      blocks.subscribe(() => this.#publish()),
      page.watch(() => this.#noteReading()),
    ];
    this.#connectionChanged(socket.state);
  }

  stop(): void {
    this.deps.outbox.close();
    for (const stop of this.#stops) stop();
    this.#join.lost();
    this.#read.stop();
    this.#expiry.stop();
  }

  /** Shows the message at once and sends it when it can. The text is not too long, and empty only beside files. */
  send(
    body: string,
    replyTo?: MessageId,
    attachments?: readonly Attachment[],
    kind?: Outgoing["kind"],
  ): void {
    this.typing.stopped();
    this.deps.outbox.add(body, replyTo, attachments, kind);
  }

  retry(clientId: string): void {
    this.deps.outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.deps.outbox.discard(clientId);
  }

  /** @throws {Refusal} whose message is fit to show */
  async edit(messageId: MessageId, body: string): Promise<void> {
    this.typing.stopped();
    await this.deps.socket.request({ type: "edit_message", messageId, body });
  }

  /** @throws {Refusal} whose message is fit to show */
  async remove(messageId: MessageId): Promise<void> {
    await this.deps.socket.request({ type: "delete_message", messageId });
  }

  /**
   * Reacts to a message, pins it or takes its previews off it, or takes that back; or marks it unread, for when one is gone.
   * @throws {Refusal} whose message is fit to show
   */
  async mark(
    frame: Extract<ClientFrameInput, { type: "react" | "pin_message" | "mark_unread" | "remove_previews" }>,
  ): Promise<void> {
    await this.deps.socket.request(frame);
  }

  /** The reader came to the end of the room, or left it. */
  placed(atBottom: boolean): void {
    if (this.#atBottom === atBottom) return;
    this.#atBottom = atBottom;
    this.#noteReading();
  }

  /** Fetches the page before the window. @throws {Refusal} */
  async loadOlder(): Promise<void> {
    if (this.#history.loadingOlder || !shown(this.#room).hasOlder) return;
    const loaded = this.#history.older(() => this.#room, (room) => this.#room = room);
    this.#publish();
    await loaded.finally(() => this.#publish());
  }

  /** Fetches the page after the past. @throws {Refusal} */
  async loadNewer(): Promise<void> {
    if (this.#history.loadingNewer || !this.#room.past) return;
    const loaded = this.#history.newer(() => this.#room, (room) => this.#room = room);
    this.#publish();
    await loaded.finally(() => this.#publish());
  }

  /** Out of the past, to the newest messages. */
  toPresent(): void {
    if (!this.#room.past) return;
    this.#room = leavePast(this.#room);
    this.#publish();
  }

  /**
   * Fetches history until the message at `seq` is in the window, unless it is too far away.
   * @returns whether it is in the window
   * @throws {Refusal}
   */
  async reach(seq: number): Promise<boolean> {
    if (this.#room.messages[0] && this.#room.messages[0].seq <= seq) this.toPresent();
    return await reachBack(seq, () => shown(this.#room), () => this.loadOlder());
  }

  #connectionChanged(state: SocketState): void {
    this.#join.lost();
    this.deps.outbox.pause();
    if (state.phase !== "online") return this.#publish();
    // Another tab signed somebody else in: what waits here must not go out under their name.
    if (state.welcome.user.id !== this.deps.viewer.id) {
      return this.#close("You are somebody else now. Load the page again.");
    }
    this.#join.ask();
  }

  /** The room is joined and whole: what waits may go out. */
  #joined(readSeq: number): void {
    this.#read.confirm(readSeq);
    this.deps.outbox.resume();
    this.#publish();
  }

  #close(reason: string): void {
    this.#room = { ...this.#room, closed: reason };
    this.#publish();
  }

  #apply(events: ServerEvent[]): void {
    const before = this.#room;
    const now = this.deps.timers.now();
    for (const event of events) {
      // The first announces what the events after it do; the second is news of all rooms, not of this one alone.
      if (!("roomId" in event) || event.type === "resumed" || event.type === "room_activity") continue;
      this.#room = applyEvent(this.#room, event, now);
    }
    if (this.#room === before) return;
    this.#join.mend();
    if (this.#atBottom && this.#room.messages.length > 2 * WINDOW) {
      this.#room = trimWindow(this.#room, WINDOW);
    }
    if (this.#room.typing !== before.typing) this.#expiry.watch(this.#room.typing);
    this.#noteReading();
  }

  #expireTyping(): RoomState["typing"] {
    this.#room = expireTyping(this.#room, this.deps.timers.now());
    this.#publish();
    return this.#room.typing;
  }

  #noteReading(): void {
    if (this.#atBottom) this.#seenSeq = this.#room.headSeq;
    this.#read.update(this.#room.headSeq, this.reading);
    this.#publish();
  }

  #publish(): void {
    this.#settle();
    const { viewer, snapshot, outbox, socket } = this.deps;
    const blocked = this.deps.blocks.ids;
    const live = this.#room.messages.slice(-3).filter(({ seq, author }) =>
      seq > snapshot.headSeq && author?.id !== viewer.id && !(author && blocked.has(author.id))
    );
    this.#view = {
      room: this.#room,
      outgoing: outbox.entries,
      blocked,
      connection: socket.state,
      wasOnline: this.#view.wasOnline || socket.state.phase !== "connecting",
      loadingOlder: this.#history.loadingOlder,
      loadingNewer: this.#history.loadingNewer,
      newBelow: this.#atBottom ? 0 : newSince(this.#room.messages, this.#seenSeq, viewer.id, blocked),
      announced: live,
    };
    this.#views.tell(this.#view);
  }

  /** My messages that the log shows now, by their clientId or by their place, need no stand-in any more. */
  #settle(): void {
    const { outbox, viewer } = this.deps;
    if (outbox.entries.length === 0) return;
    const mine = new Set(
      this.#room.messages.filter((m) => m.author?.id === viewer.id).map((m) => m.clientId),
    );
    outbox.settle((entry) => mine.has(entry.clientId) || (entry.seq ?? Infinity) <= this.#room.headSeq);
  }
}
