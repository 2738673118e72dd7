import type { Sql } from "../../db/client.ts";
import { eventsAfter } from "../../db/queries/events.ts";
import { headsOf } from "../../db/queries/rooms.ts";
import type { Logger } from "../log.ts";
import type { DurableEvent } from "../protocol/events.ts";
import type { RoomId } from "../protocol/ids.ts";
import { Channel, GATHER, type Listener } from "./channel.ts";
import type { Watcher } from "./watchers.ts";

/** Events read for one room in one go while it catches up. */
const CATCH_UP_PAGE = 500;
/** Milliseconds; how long a lost ring can go unnoticed. */
const SWEEP = 5_000;
const RETRY = 250;

/**
 * The rooms that have listeners on this isolate. A channel that is behind its room's log reads what it lacks from
 * Postgres: all channels that are behind in one query, one query at a time.
 */
export class Hub {
  readonly #channels = new Map<RoomId, Channel>();
  readonly #opening = new Map<RoomId, Promise<Channel>>();
  readonly #gathering = new Set<Channel>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #catchingUp: Promise<void> | null = null;
  readonly #sweeper: ReturnType<typeof setInterval>;
  #closed = false;

  constructor(private readonly sql: Sql, private readonly log: Logger) {
    this.#sweeper = setInterval(() => void this.#sweep(), SWEEP);
  }

  /**
   * Begins to keep a room's events for a listener, who is promoted once it has its snapshot. The room's first listener
   * opens its channel, at the head of the log as it then is.
   */
  async attach(roomId: RoomId, listener: Listener): Promise<Channel> {
    for (;;) {
      const channel = this.#channels.get(roomId) ?? await this.#open(roomId);
      // While we waited, the last listener may have left and taken the channel with it.
      if (this.#channels.get(roomId) !== channel) continue;
      channel.attach(listener);
      return channel;
    }
  }

  /** Ends what {@link attach} began; a channel nobody listens to is forgotten. */
  detach(channel: Channel, listener: Listener): void {
    channel.detach(listener);
    this.#drop(channel);
  }

  /** Begins to tell a watcher what goes on in these rooms, all in one query. */
  async watch(roomIds: RoomId[], watcher: Watcher): Promise<Channel[]> {
    const unknown = roomIds.filter((roomId) => !this.#channels.has(roomId));
    const heads = unknown.length > 0 ? await headsOf(this.sql, unknown) : new Map<RoomId, number>();
    return roomIds.map((roomId) => {
      const channel = this.#channels.get(roomId) ?? this.#put(roomId, heads.get(roomId) ?? 0);
      channel.watchers.add(watcher);
      return channel;
    });
  }

  unwatch(channel: Channel, watcher: Watcher): void {
    channel.watchers.delete(watcher);
    this.#drop(channel);
  }

  /** The room's channel, when somebody here listens to it. */
  find(roomId: RoomId): Channel | undefined {
    return this.#channels.get(roomId);
  }

  rooms(): RoomId[] {
    return [...this.#channels.keys()];
  }

  /** Takes events that this isolate has just committed; gives them back by room. */
  committed(events: DurableEvent[]): Map<RoomId, DurableEvent[]> {
    const byRoom = Map.groupBy(events, (event) => event.roomId);
    for (const [roomId, own] of byRoom) {
      const contiguous = this.#channels.get(roomId)?.advance(own) ?? true;
      if (!contiguous) void this.catchUp();
    }
    return byRoom;
  }

  /** Takes word that rooms' logs reach further than was known. */
  heard(heads: Iterable<[RoomId, number]>): void {
    let behind = false;
    for (const [roomId, head] of heads) {
      const channel = this.#channels.get(roomId);
      if (!channel) continue;
      channel.target = Math.max(channel.target, head);
      behind ||= channel.behind;
    }
    if (behind) void this.catchUp();
  }

  /** Resolves when no channel is behind what was known at the call. */
  catchUp(): Promise<void> {
    // A microtask later, so that it is noted before it can end.
    this.#catchingUp ??= Promise.resolve().then(() => this.#readBehind());
    return this.#catchingUp;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#sweeper);
    clearTimeout(this.#timer);
    for (const channel of this.#gathering) channel.flush();
  }

  #open(roomId: RoomId): Promise<Channel> {
    const opening = this.#opening.get(roomId) ?? this.#create(roomId);
    this.#opening.set(roomId, opening);
    return opening;
  }

  async #create(roomId: RoomId): Promise<Channel> {
    try {
      const heads = await headsOf(this.sql, [roomId]);
      return this.#channels.get(roomId) ?? this.#put(roomId, heads.get(roomId) ?? 0);
    } finally {
      this.#opening.delete(roomId);
    }
  }

  #put(roomId: RoomId, head: number): Channel {
    const channel = new Channel(roomId, () => performance.now(), (busy) => this.#gather(busy));
    channel.cursor = channel.target = head;
    this.#channels.set(roomId, channel);
    return channel;
  }

  #drop(channel: Channel): void {
    if (channel.empty && this.#channels.get(channel.roomId) === channel) {
      this.#channels.delete(channel.roomId);
    }
  }

  #gather(channel: Channel): void {
    this.#gathering.add(channel);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const due = [...this.#gathering];
      this.#gathering.clear();
      for (const busy of due) busy.flush();
    }, GATHER);
  }

  async #readBehind(): Promise<void> {
    while (!this.#closed) {
      const behind = [...this.#channels.values()].filter((channel) => channel.behind);
      if (behind.length === 0) break;
      try {
        await this.#readOnce(behind);
      } catch (error) {
        this.log.error({ error: String(error) }, "rooms cannot catch up");
        await new Promise((done) => setTimeout(done, RETRY));
      }
    }
    // In the turn that found nothing behind: a turn later, whoever asks anew would be given a search that is over.
    this.#catchingUp = null;
  }

  async #readOnce(behind: Channel[]): Promise<void> {
    const cursors = behind.map(({ roomId, cursor }) => ({ roomId, after: cursor }));
    const targets = behind.map(({ target }) => target);
    const events = await eventsAfter(this.sql, cursors, CATCH_UP_PAGE);
    for (const [index, channel] of behind.entries()) {
      const own = events.get(channel.roomId) ?? [];
      // Word of a head that the log does not have, as from a board before a restore; unless there was newer word meanwhile.
      if (own.length === 0 && channel.target === targets[index]) channel.target = channel.cursor;
      channel.advance(own);
    }
  }

  async #sweep(): Promise<void> {
    if (this.#channels.size === 0) return;
    try {
      this.heard(await headsOf(this.sql, this.rooms()));
    } catch (error) {
      this.log.error({ error: String(error) }, "rooms cannot be swept");
    }
  }
}
