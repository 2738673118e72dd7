import type { Clock } from "../clock.ts";
import { withRetry } from "../kv.ts";
import type { Logger } from "../log.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import { TYPING_SECONDS } from "../protocol/limits.ts";
import type { Author } from "../protocol/types.ts";
import type { Doorbell } from "./doorbell.ts";
import type { Hub } from "./hub.ts";
import { TYPING } from "./topics.ts";

/** Somebody who types, and until when that holds unless it is said again. */
interface Typist {
  user: Author;
  /** Milliseconds since the epoch. */
  until: number;
}

const TICK = 1_000;

interface Surroundings {
  kv: Deno.Kv;
  clock: Clock;
  log: Logger;
  doorbell: Doorbell;
  hub: Hub;
  isolateId: string;
}

/** Who is typing where. Told to the room when it begins and ends; ends by itself when a client falls silent. */
export class Typing {
  readonly #here = new Map<RoomId, Map<UserId, Typist>>();
  readonly #elsewhere = new Map<RoomId, Map<UserId, Typist>>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(private readonly with_: Surroundings) {
    this.#timer = setInterval(() => this.#expire(), TICK);
  }

  set(roomId: RoomId, user: Author, on: boolean): void {
    const was = this.#here.get(roomId)?.has(user.id) ?? false;
    if (!was && !on) return;
    const typists = this.#here.get(roomId) ?? new Map<UserId, Typist>();
    if (on) typists.set(user.id, { user, until: this.with_.clock() + TYPING_SECONDS * 1_000 });
    else typists.delete(user.id);
    if (typists.size > 0) this.#here.set(roomId, typists);
    else this.#here.delete(roomId);
    if (was !== on) this.#tell(roomId, user, on);
    if (was || on) void this.#write(roomId);
  }

  /** Takes word that other isolates' typists changed. */
  async heard(rooms: RoomId[]): Promise<void> {
    for (const roomId of rooms) if (this.with_.hub.find(roomId)) await this.#read(roomId);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tell(roomId: RoomId, user: Author, on: boolean): void {
    this.with_.hub.find(roomId)?.pass({ type: "typing", roomId, user, on });
  }

  async #write(roomId: RoomId): Promise<void> {
    const { kv, log, doorbell, isolateId } = this.with_;
    const key = ["typing", roomId, isolateId];
    const typists = [...this.#here.get(roomId)?.values() ?? []];
    try {
      await withRetry(() => kv.set(key, typists, { expireIn: 2 * TYPING_SECONDS * 1_000 }));
      doorbell.ring(TYPING + roomId);
    } catch (error) {
      log.error({ error: String(error) }, "typing cannot be told");
    }
  }

  async #read(roomId: RoomId): Promise<void> {
    const { kv, clock, log, isolateId } = this.with_;
    try {
      const found = new Map<UserId, Typist>();
      for await (const { key, value } of kv.list<Typist[]>({ prefix: ["typing", roomId] })) {
        if (key[2] === isolateId) continue;
        for (const typist of value) if (typist.until > clock()) found.set(typist.user.id, typist);
      }
      const before = this.#elsewhere.get(roomId);
      if (found.size > 0) this.#elsewhere.set(roomId, found);
      else this.#elsewhere.delete(roomId);
      for (const [id, { user }] of found) if (!before?.has(id)) this.#tell(roomId, user, true);
      for (const [id, { user }] of before ?? []) if (!found.has(id)) this.#tell(roomId, user, false);
    } catch (error) {
      log.error({ error: String(error) }, "typing cannot be read");
    }
  }

  #expire(): void {
    const now = this.with_.clock();
    for (const rooms of [this.#here, this.#elsewhere]) {
      for (const [roomId, typists] of rooms) {
        for (const [id, { user, until }] of typists) {
          if (until > now) continue;
          typists.delete(id);
          this.#tell(roomId, user, false);
        }
        if (typists.size === 0) rooms.delete(roomId);
      }
    }
  }
}
