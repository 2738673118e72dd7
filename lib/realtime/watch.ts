import type { Sql } from "../../db/client.ts";
import type { Logger } from "../log.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { MyRoom } from "../protocol/types.ts";
import { listMyRooms } from "../rooms/my_rooms.ts";
import type { Channel } from "./channel.ts";
import type { Connection } from "./connection.ts";
import type { Hub } from "./hub.ts";
import type { Watcher } from "./watchers.ts";

/** Milliseconds in which changes to somebody's list are told together. */
const SETTLE = 100;

interface Surroundings {
  sql: Sql;
  log: Logger;
  hub: Hub;
  online: () => ReadonlyMap<RoomId, number>;
}

interface Watching extends Watcher {
  channels: Map<RoomId, Channel>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Sockets that want news of all rooms of their owner: the list itself, and what happens in each. */
export class Watch {
  readonly #watching = new Map<Connection, Watching>();

  constructor(private readonly with_: Surroundings) {}

  has(by: Connection): boolean {
    return this.#watching.has(by);
  }

  /** Begins, and answers with the list. */
  async begin(by: Connection): Promise<MyRoom[]> {
    if (!this.#watching.has(by)) {
      const watching: Watching = {
        channels: new Map(),
        timer: undefined,
        deliver: (frame) => by.deliver(frame),
        outdated: () => this.#refreshSoon(by),
      };
      this.#watching.set(by, watching);
    }
    return await this.#list(by);
  }

  end(by: Connection): void {
    const watching = this.#watching.get(by);
    if (!watching) return;
    this.#watching.delete(by);
    clearTimeout(watching.timer);
    for (const channel of watching.channels.values()) this.with_.hub.unwatch(channel, watching);
  }

  /** These people's lists have changed: somebody came into a room, left it, or the room itself is another. */
  listsChanged(concerns: (by: Connection, rooms: ReadonlyMap<RoomId, unknown>) => boolean): void {
    for (const [by, { channels }] of this.#watching) if (concerns(by, channels)) this.#refreshSoon(by);
  }

  #refreshSoon(by: Connection): void {
    const watching = this.#watching.get(by);
    if (!watching) return;
    watching.timer ??= setTimeout(async () => {
      watching.timer = undefined;
      try {
        const rooms = await this.#list(by);
        if (this.#watching.has(by)) by.answer({ type: "rooms_watched", rooms });
      } catch (error) {
        this.with_.log.error({ error: String(error) }, "a list of rooms cannot be read");
      }
    }, SETTLE);
  }

  /** Reads the list, and listens to exactly what is on it. Listens first: what happens meanwhile is not missed. */
  async #list(by: Connection): Promise<MyRoom[]> {
    const { hub } = this.with_;
    const { viewer } = by.session;
    const before = await listMyRooms(this.with_, viewer);
    const watching = this.#watching.get(by);
    if (!watching) return before;
    const wanted = new Set(before.map(({ id }) => id));
    const missing = [...wanted].filter((id) => !watching.channels.has(id));
    for (const [id, channel] of watching.channels) {
      if (wanted.has(id)) continue;
      hub.unwatch(channel, watching);
      watching.channels.delete(id);
    }
    if (missing.length === 0) return before;
    for (const channel of await hub.watch(missing, watching)) watching.channels.set(channel.roomId, channel);
    if (this.#watching.get(by) !== watching) {
      for (const channel of watching.channels.values()) hub.unwatch(channel, watching);
    }
    return await listMyRooms(this.with_, viewer);
  }
}

/** Whose list it is, as {@link Watch.listsChanged} asks. */
export function belongsTo(userIds: ReadonlySet<UserId>): (by: Connection) => boolean {
  return (by) => userIds.has(by.session.viewer.id);
}
