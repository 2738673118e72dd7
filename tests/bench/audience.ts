/** A room full of listeners, and what reaches them. */
import type { RoomId } from "../../lib/protocol/ids.ts";
import { until } from "../support/wait.ts";
import { type Contestant, enter } from "./contestants.ts";
import { Moments } from "./frames.ts";
import type { Wire } from "./wire.ts";

const SENDERS = 32;
/** Listeners whose frames are read; all others are sent the same bytes, which are only counted. */
const READ = 8;
const DIALS_AT_ONCE = 20;
/** Milliseconds without a byte. */
const QUIET = 150;

export class Audience {
  private constructor(
    readonly chat: Contestant,
    readonly roomId: RoomId,
    /** Not in the audience themselves. */
    readonly senders: Wire[],
    readonly listeners: Wire[],
  ) {}

  static async gather(chat: Contestant, roomId: RoomId, count: number): Promise<Audience> {
    const senders = await Promise.all(Array.from({ length: SENDERS }, (_, person) => chat.dial(person)));
    // Parley looks at the right with every send.
    if (chat.who !== "parley") {
      for (const sender of senders) await enter(chat, sender, roomId, { listen: false });
    }
    const listeners: Wire[] = [];
    while (listeners.length < count) {
      const more = Math.min(DIALS_AT_ONCE, count - listeners.length);
      const wires = await Promise.all(
        Array.from({ length: more }, (_, index) => chat.dial(listeners.length + index)),
      );
      // One after another, so that the last is the last that the server comes to.
      for (const wire of wires) await enter(chat, wire, roomId, { listen: true });
      listeners.push(...wires);
    }
    return new Audience(chat, roomId, senders, listeners);
  }

  /** The first, the last and some between, by the order in which the server serves them. */
  get read(): Wire[] {
    const { listeners } = this;
    const count = Math.min(READ, listeners.length);
    if (count === 1) return listeners;
    return Array.from(
      { length: count },
      (_, index) => listeners[Math.round(index * (listeners.length - 1) / (count - 1))]!,
    );
  }

  /** Resolves when nothing comes any more: who came last has been told of. */
  async quiet(): Promise<void> {
    let [seen, since] = [-1, performance.now()];
    await until("silence in the room", () => {
      const now = this.bytes;
      if (now !== seen) [seen, since] = [now, performance.now()];
      return performance.now() - since > QUIET || null;
    });
  }

  /** That have reached all listeners so far. */
  get bytes(): number {
    return this.listeners.reduce((sum, wire) => sum + wire.bytes, 0);
  }

  leave(): void {
    for (const wire of [...this.senders, ...this.listeners]) wire.close();
  }
}

/** Messages that reach an audience. */
export class Reception {
  /** Messages at the last listener, and at all that are read. */
  last = 0;
  read = 0;
  readonly #before: { wire: Wire; bytes: number; frames: number }[];

  /**
   * @param note takes, of the listeners that are read, each message's wait from send to seen
   * @param arrived is called when some have come to the last listener
   */
  constructor(private readonly audience: Audience, note: (wait: number) => void, arrived: () => void) {
    const { listeners } = audience;
    this.#before = listeners.map((wire) => ({ wire, bytes: wire.bytes, frames: wire.frames }));
    for (const wire of audience.read) {
      const moments = new Moments();
      const isLast = wire === listeners.at(-1);
      wire.received = (payload) => {
        const now = performance.now();
        const count = moments.read(payload, (sentAt) => note(now - sentAt));
        this.read += count;
        if (!isLast || count === 0) return;
        this.last += count;
        arrived();
      };
    }
  }

  /** Bytes of the listeners that are read. */
  get bytesRead(): number {
    return this.audience.read.reduce((sum, wire) => sum + wire.bytes, 0);
  }

  /**
   * Resolves when every listener has been sent `count` messages: those that are read by number, the others by every byte
   * and frame of theirs.
   * @throws Error when one was not
   */
  async complete(count: number): Promise<void> {
    const { chat, read } = this.audience;
    const what = `${chat.who}: all messages at all listeners`;
    await until(what, () => this.read === count * read.length || null);
    const { wire, bytes, frames } = this.#before.at(-1)!;
    const [allBytes, allFrames] = [wire.bytes - bytes, wire.frames - frames];
    await until(
      what,
      () =>
        this.#before.every(({ wire, bytes, frames }) =>
          wire.bytes - bytes === allBytes && wire.frames - frames === allFrames
        ) || null,
    );
    for (const wire of read) wire.received = null;
  }
}
