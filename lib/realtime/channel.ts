import type { DurableEvent, ServerEvent } from "../protocol/events.ts";
import type { RoomId } from "../protocol/ids.ts";
import { Watchers } from "./watchers.ts";

/** A socket, as a channel sees it. */
export interface Listener {
  /** Takes an encoded frame. Must not throw. */
  deliver(frame: string): void;
}

/** Milliseconds within which a busy room's events travel in one frame. */
export const GATHER = 10;

/**
 * One room on this isolate: who listens, and up to where its log has been delivered. Events go out in the log's order,
 * without a gap and once; each frame is encoded once for the room, not for each socket.
 */
export class Channel {
  /** Seq of the last event delivered here. */
  cursor = 0;
  /** The log is known to reach this far. */
  target = 0;
  readonly #live = new Set<Listener>();
  /** Listeners that wait for their snapshot, with the log events that came meanwhile. */
  readonly #joining = new Map<Listener, DurableEvent[]>();
  readonly watchers: Watchers;
  #gathered: ServerEvent[] = [];
  #lastFlush = 0;

  constructor(
    readonly roomId: RoomId,
    private readonly now: () => number,
    private readonly later: (channel: Channel) => void,
  ) {
    this.watchers = new Watchers(roomId, now);
  }

  get empty(): boolean {
    return this.#live.size === 0 && this.#joining.size === 0 && this.watchers.size === 0;
  }

  /** Sockets that get every frame. */
  get listeners(): number {
    return this.#live.size;
  }

  get behind(): boolean {
    return this.target > this.cursor;
  }

  /** Begins to keep events for a listener whose snapshot is being read. */
  attach(listener: Listener): void {
    this.#live.delete(listener);
    this.#joining.set(listener, []);
  }

  /**
   * Ends the wait that {@link attach} began: from now on the listener gets every frame.
   * @returns the log events after `seq` that it must be given first.
   */
  promote(listener: Listener, seq: number): DurableEvent[] {
    this.flush();
    const missed = this.#joining.get(listener)?.filter((event) => event.seq > seq) ?? [];
    this.#joining.delete(listener);
    this.#live.add(listener);
    return missed;
  }

  detach(listener: Listener): void {
    this.#live.delete(listener);
    this.#joining.delete(listener);
  }

  /** Takes log events, oldest first; those delivered before are passed over. Returns false at a gap. */
  advance(events: DurableEvent[]): boolean {
    let contiguous = true;
    for (const event of events) {
      this.target = Math.max(this.target, event.seq);
      if (event.seq <= this.cursor) continue;
      contiguous = event.seq === this.cursor + 1;
      if (!contiguous) break;
      this.cursor = event.seq;
      this.#gathered.push(event);
      this.watchers.note(event);
      for (const kept of this.#joining.values()) kept.push(event);
    }
    this.#sendSoon();
    return contiguous;
  }

  /** Sends a passing event: presence, typing. */
  pass(event: ServerEvent): void {
    this.#gathered.push(event);
    this.#sendSoon();
  }

  /** Sends what has gathered, as one frame. */
  flush(): void {
    if (this.#gathered.length === 0) return;
    this.#lastFlush = this.now();
    const events = this.#gathered;
    this.#gathered = [];
    if (this.#live.size === 0) return;
    const frame = JSON.stringify(events);
    for (const listener of this.#live) listener.deliver(frame);
  }

  /** At once when the room was quiet, else with what else comes within {@link GATHER}. */
  #sendSoon(): void {
    if (this.#gathered.length === 0) return;
    if (this.now() - this.#lastFlush >= GATHER) this.flush();
    else this.later(this);
  }
}
