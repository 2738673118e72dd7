/** The list of my rooms, kept up to date over the page's socket, whichever room (if any) the page shows. */
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { ServerEvent } from "../protocol/events.ts";
import { reduceRooms } from "../protocol/rooms_list.ts";
import type { MyRoom } from "../protocol/types.ts";
import { Backoff } from "./backoff.ts";
import type { Timers } from "./environment.ts";
import { Listeners } from "./listeners.ts";
import { asRefusal, isPassing } from "./refusal.ts";
import type { RoomSocket, SocketState } from "./socket.ts";

export interface RoomsWatchDeps {
  socket: Pick<RoomSocket, "state" | "subscribe" | "onEvents" | "request">;
  timers: Timers;
  /** As the page was drawn. */
  rooms: readonly MyRoom[];
  me: UserId;
  /** The room whose newest words are before the reader's eyes now. */
  reading?: () => RoomId | null;
  random?: () => number;
}

export class RoomsWatch {
  #rooms: readonly MyRoom[];
  /** Counts connections: what is asked on one is nothing to the next. */
  #asking = 0;
  #stops: (() => void)[] = [];
  #stopRetry: () => void = () => {};
  readonly #backoff: Backoff;
  readonly #changes = new Listeners<readonly MyRoom[]>();

  constructor(readonly deps: RoomsWatchDeps) {
    this.#rooms = deps.rooms;
    this.#backoff = new Backoff(deps.random ?? Math.random);
  }

  /** The latest activity first; another array whenever something has changed. */
  get rooms(): readonly MyRoom[] {
    return this.#rooms;
  }

  subscribe(listener: (rooms: readonly MyRoom[]) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Starts listening; the socket itself is started by whoever made it. */
  start(): void {
    const { socket } = this.deps;
    this.#stops = [
      socket.onEvents((events) => this.#hear(events)),
      socket.subscribe((state) => this.#connectionChanged(state)),
    ];
    this.#connectionChanged(socket.state);
  }

  /** Stops listening. The server goes on telling until the connection ends: whoever made the socket ends it. */
  stop(): void {
    for (const stop of this.#stops) stop();
    this.#asking++;
    this.#stopRetry();
  }

  /** What the page itself has read, of which the server tells only the other pages. */
  read(roomId: RoomId, seq: number): void {
    this.#hear([{ type: "read", roomId, seq }]);
  }

  #connectionChanged(state: SocketState): void {
    this.#asking++;
    this.#stopRetry();
    if (state.phase === "online") this.#ask();
  }

  /** Without an answer the list stays as it is. What can be answered later is asked again. */
  async #ask(): Promise<void> {
    const asking = this.#asking;
    try {
      await this.deps.socket.request({ type: "watch_rooms", on: true });
      this.#backoff.reset();
    } catch (error) {
      const why = asRefusal(error);
      if (asking !== this.#asking || !isPassing(why)) return;
      const wait = Math.max((why.retryAfter ?? 0) * 1000, this.#backoff.next());
      this.#stopRetry = this.deps.timers.after(wait, () => this.#ask());
    }
  }

  #hear(events: readonly ServerEvent[]): void {
    const before = this.#rooms;
    const reading = this.deps.reading?.() ?? null;
    for (const event of events) {
      if (event.type === "rooms_watched" || event.type === "room_activity" || event.type === "read") {
        this.#rooms = reduceRooms(this.#rooms, event, this.deps.me, reading);
      }
    }
    if (this.#rooms !== before) this.#changes.tell(this.#rooms);
  }
}
