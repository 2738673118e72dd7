import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Channel } from "./channel.ts";
import type { Connection } from "./connection.ts";

/** The sockets open on this isolate, found by whose they are and where: none of many thousand is looked at in vain. */
export class Connections {
  readonly #all = new Set<Connection>();
  readonly #byUser = new Map<UserId, Set<Connection>>();
  readonly #bySession = new Map<string, Set<Connection>>();
  readonly #byRoom = new Map<RoomId, Set<Connection>>();

  get size(): number {
    return this.#all.size;
  }

  add(by: Connection): void {
    this.#all.add(by);
    put(this.#byUser, by.session.viewer.id, by);
    put(this.#bySession, by.session.id, by);
  }

  delete(by: Connection): void {
    this.#all.delete(by);
    take(this.#byUser, by.session.viewer.id, by);
    take(this.#bySession, by.session.id, by);
  }

  /** Into a room that it listens to from now on. */
  enter(by: Connection, roomId: RoomId, channel: Channel): void {
    by.rooms.set(roomId, channel);
    put(this.#byRoom, roomId, by);
  }

  leave(by: Connection, roomId: RoomId): void {
    by.rooms.delete(roomId);
    take(this.#byRoom, roomId, by);
  }

  all(): Connection[] {
    return [...this.#all];
  }

  of(userId: UserId): Connection[] {
    return [...this.#byUser.get(userId) ?? []];
  }

  ofSession(sessionId: string): Connection[] {
    return [...this.#bySession.get(sessionId) ?? []];
  }

  sessions(): string[] {
    return [...this.#bySession.keys()];
  }

  in(roomId: RoomId): Connection[] {
    return [...this.#byRoom.get(roomId) ?? []];
  }
}

function put<Key>(index: Map<Key, Set<Connection>>, key: Key, by: Connection): void {
  const known = index.get(key);
  if (known) known.add(by);
  else index.set(key, new Set([by]));
}

function take<Key>(index: Map<Key, Set<Connection>>, key: Key, by: Connection): void {
  const known = index.get(key);
  known?.delete(by);
  if (known?.size === 0) index.delete(key);
}
