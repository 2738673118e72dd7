import type { Clock } from "../clock.ts";
import { removeUnchanged } from "../kv.ts";
import type { KvCommits } from "../kv_commits.ts";
import type { Logger } from "../log.ts";
import type { ServerEvent } from "../protocol/events.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import { PEOPLE_SHOWN } from "../protocol/limits.ts";
import type { Author, Person } from "../protocol/types.ts";
import type { Doorbell } from "./doorbell.ts";
import type { Hub } from "./hub.ts";
import type { Isolates } from "./isolates.ts";
import { HERE } from "./topics.ts";

/** One isolate's people in one room, as kept in KV under `["here", room, isolate]`. */
interface Here {
  count: number;
  people: Person[];
}

/** A person's connections in a room on this isolate: connection → away. */
interface Holder {
  user: Author;
  connections: Map<string, boolean>;
}

/** Milliseconds in which comings and goings are told together, at least and at most. */
const SETTLE = 50;
const SETTLE_MAX = 1_000;
/**
 * Milliseconds to gather for each socket that was told last: some ten times what a write takes, so that telling a crowd of
 * each other, which grows with its square, never takes more than a tenth of the isolate's time.
 */
const SETTLE_A_SOCKET = 0.08;
/** More changes than this at once are told in one event. */
const CHANGES_TOLD = 40;

interface Surroundings {
  kv: Deno.Kv;
  commits: KvCommits;
  clock: Clock;
  log: Logger;
  doorbell: Doorbell;
  hub: Hub;
  isolateId: string;
  isolates: Isolates;
}

/**
 * Who is in which room, over all isolates. Each isolate writes down its own people a room, in one key that only it
 * writes; the doorbell says that a room's people changed, and whoever has listeners there reads them all again.
 */
export class Presence {
  readonly #here = new Map<RoomId, Map<UserId, Holder>>();
  readonly #elsewhere = new Map<RoomId, Map<string, Here>>();
  /** What listeners here were last told. */
  readonly #told = new Map<RoomId, { online: number; people: Map<UserId, Person> }>();
  /** What the others have not been told yet. */
  readonly #changedHere = new Set<RoomId>();
  readonly #changed = new Set<RoomId>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Sockets told when changes were told last. */
  #toldLast = 0;

  constructor(private readonly with_: Surroundings) {}

  /** A connection comes into a room. Returns when the others' people there are known. */
  async enter(roomId: RoomId, user: Author, connectionId: string): Promise<void> {
    const first = !this.#here.has(roomId);
    if (first) this.#here.set(roomId, new Map());
    const people = this.#here.get(roomId)!;
    const holder = people.get(user.id) ?? { user, connections: new Map() };
    people.set(user.id, holder);
    holder.connections.set(connectionId, false);
    this.#touch(roomId);
    if (first) await this.#readElsewhere(roomId);
  }

  leave(roomId: RoomId, userId: UserId, connectionId: string): void {
    const people = this.#here.get(roomId);
    const holder = people?.get(userId);
    if (!people || !holder) return;
    holder.connections.delete(connectionId);
    if (holder.connections.size === 0) people.delete(userId);
    this.#touch(roomId);
  }

  setAway(roomId: RoomId, userId: UserId, connectionId: string, away: boolean): void {
    const holder = this.#here.get(roomId)?.get(userId);
    if (!holder || holder.connections.get(connectionId) === away) return;
    holder.connections.set(connectionId, away);
    this.#touch(roomId);
  }

  /** Everybody in the room, at most {@link PEOPLE_SHOWN} by name. */
  view(roomId: RoomId): { online: number; people: Person[] } {
    const { online, people } = this.#merge(roomId);
    return { online, people: [...people.values()].slice(0, PEOPLE_SHOWN) };
  }

  /**
   * What somebody who comes in is told: everybody as the listeners here were last told, and the newcomer. Whatever has
   * changed since is told to all of them in a moment, so that snapshot and events never disagree.
   */
  snapshot(roomId: RoomId, newcomer: Author): { online: number; people: Person[] } {
    const told = this.#told.get(roomId) ?? this.#merge(roomId);
    this.#told.set(roomId, told);
    const others = [...told.people.values()];
    if (told.people.has(newcomer.id)) return { online: told.online, people: others.slice(0, PEOPLE_SHOWN) };
    const people: Person[] = [{ ...nameOf(newcomer), state: "online" }, ...others];
    return { online: told.online + 1, people: people.slice(0, PEOPLE_SHOWN) };
  }

  /** The same for a room that nobody here may be in. */
  async lookUp(roomId: RoomId): Promise<{ online: number; people: Person[] }> {
    if (this.#here.has(roomId)) return this.view(roomId);
    await this.#readElsewhere(roomId);
    const seen = this.view(roomId);
    if (!this.#here.has(roomId)) this.#elsewhere.delete(roomId);
    return seen;
  }

  /** Those whose page is on their screen. Of crowds on other isolates the first {@link PEOPLE_SHOWN} are known. */
  async looking(roomId: RoomId): Promise<Set<UserId>> {
    const here = this.#here.has(roomId);
    if (!here) await this.#readElsewhere(roomId);
    const { people } = this.#merge(roomId);
    if (!here && !this.#here.has(roomId)) this.#elsewhere.delete(roomId);
    return new Set([...people.values()].filter(({ state }) => state === "online").map(({ id }) => id));
  }

  countHere(): Map<RoomId, number> {
    return new Map([...this.#here].map(([roomId, people]) => [roomId, people.size]));
  }

  /** Takes word that other isolates' people changed. */
  async heard(rooms: RoomId[]): Promise<void> {
    for (const roomId of rooms) if (this.#here.has(roomId)) await this.#readElsewhere(roomId);
  }

  /** Looks again who of the other isolates is alive. */
  recheck(): void {
    for (const roomId of this.#elsewhere.keys()) this.#changed.add(roomId);
    this.#settleSoon();
  }

  /**
   * Says again who is here, and looks again who is elsewhere: KV was away, or others may have taken this isolate for
   * gone and its people away.
   */
  retell(): void {
    for (const roomId of this.#here.keys()) {
      this.#touch(roomId);
      void this.#readElsewhere(roomId);
    }
    if (this.#changedHere.size > 0) this.#settleSoon();
  }

  /** Takes this isolate's people out of all rooms. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    for (const roomId of this.#here.keys()) this.#changedHere.add(roomId);
    this.#here.clear();
    await this.#tellOthers();
  }

  #touch(roomId: RoomId): void {
    this.#changedHere.add(roomId);
    this.#changed.add(roomId);
    this.#settleSoon();
  }

  #settleSoon(): void {
    const settle = Math.min(SETTLE_MAX, Math.max(SETTLE, this.#toldLast * SETTLE_A_SOCKET));
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#toldLast = 0;
      for (const roomId of this.#changed) this.#toldLast += this.#tellListeners(roomId);
      this.#changed.clear();
      void this.#tellOthers();
    }, settle);
  }

  async #tellOthers(): Promise<void> {
    const rooms = [...this.#changedHere];
    this.#changedHere.clear();
    await Promise.all(rooms.map((roomId) => this.#tellOthersOf(roomId)));
  }

  async #tellOthersOf(roomId: RoomId): Promise<void> {
    const { commits, doorbell, log, isolateId } = this.with_;
    const people = this.#here.get(roomId);
    const key = ["here", roomId, isolateId];
    try {
      if (people?.size) await commits.set(key, hereOf(people));
      else await commits.delete(key);
      doorbell.ring(HERE + roomId);
    } catch (error) {
      this.#changedHere.add(roomId);
      log.error({ error: String(error) }, "presence cannot be told");
    }
    if (people?.size === 0) this.#forget(roomId);
  }

  #forget(roomId: RoomId): void {
    if (this.#here.get(roomId)?.size !== 0) return;
    this.#here.delete(roomId);
    this.#elsewhere.delete(roomId);
    this.#told.delete(roomId);
  }

  async #readElsewhere(roomId: RoomId): Promise<void> {
    const { kv, isolates, isolateId, log } = this.with_;
    try {
      const found = new Map<string, Deno.KvEntry<Here>>();
      for await (const entry of kv.list<Here>({ prefix: ["here", roomId] })) {
        if (entry.key[2] !== isolateId) found.set(String(entry.key[2]), entry);
      }
      for (const isolate of await isolates.gone([...found.keys()])) {
        await removeUnchanged(kv, found.get(isolate)!);
        found.delete(isolate);
      }
      this.#elsewhere.set(roomId, new Map([...found].map(([isolate, { value }]) => [isolate, value])));
      this.#changed.add(roomId);
      this.#settleSoon();
    } catch (error) {
      log.error({ error: String(error) }, "presence cannot be read");
    }
  }

  #merge(roomId: RoomId): { online: number; people: Map<UserId, Person> } {
    const people = new Map<UserId, Person>();
    for (const holder of this.#here.get(roomId)?.values() ?? []) people.set(holder.user.id, personOf(holder));
    let unnamed = 0;
    for (const [isolate, here] of this.#elsewhere.get(roomId) ?? []) {
      if (!this.with_.isolates.isAlive(isolate)) continue;
      unnamed += here.count - here.people.length;
      for (const person of here.people) {
        if (people.get(person.id)?.state !== "online") people.set(person.id, person);
      }
    }
    return { online: people.size + unnamed, people };
  }

  /** @returns how many sockets were told */
  #tellListeners(roomId: RoomId): number {
    const channel = this.with_.hub.find(roomId);
    if (!channel) return 0;
    const before = this.#told.get(roomId) ?? { online: 0, people: new Map<UserId, Person>() };
    const after = this.#merge(roomId);
    this.#told.set(roomId, after);
    const changes = changesBetween(roomId, before, after);
    for (const event of changes) channel.pass(event);
    return changes.length > 0 ? channel.listeners : 0;
  }
}

function hereOf(people: Map<UserId, Holder>): Here {
  return { count: people.size, people: [...people.values()].slice(0, PEOPLE_SHOWN).map(personOf) };
}

/** Away only when every connection is. */
function personOf({ user, connections }: Holder): Person {
  const away = [...connections.values()].every(Boolean);
  return { ...nameOf(user), state: away ? "away" : "online" };
}

function nameOf({ id, name, username }: Author): Omit<Person, "state"> {
  return { id, name, ...(username !== undefined && { username }) };
}

type View = { online: number; people: Map<UserId, Person> };

function changesBetween(roomId: RoomId, before: View, after: View): ServerEvent[] {
  const joined = [...after.people.values()].filter(({ id }) => !before.people.has(id));
  const left = [...before.people.values()].filter(({ id }) => !after.people.has(id));
  const changes = [...after.people.values()].filter(({ id, state }) => {
    const known = before.people.get(id);
    return known !== undefined && known.state !== state;
  });
  const moved = joined.length + left.length + changes.length;
  if (moved === 0 && before.online === after.online) return [];
  const presence: ServerEvent = { type: "presence", roomId, online: after.online };
  if (moved > CHANGES_TOLD) {
    const gone = left.map((person): Person => ({ ...person, state: "offline" }));
    // A browser lists no more people than that, so it can miss no more.
    return [{ ...presence, changes: [...gone, ...changes, ...joined].slice(0, 2 * PEOPLE_SHOWN) }];
  }
  return [
    ...joined.map((user): ServerEvent => ({ type: "user_joined", roomId, user })),
    ...left.map(({ id }): ServerEvent => ({ type: "user_left", roomId, userId: id })),
    { ...presence, ...(changes.length > 0 && { changes }) },
  ];
}
