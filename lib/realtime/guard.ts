import type { Logger } from "../log.ts";
import { openTcp, type TcpConnection } from "../tcp.ts";

/** Milliseconds between two looks at the process's memory: some 7 µs each. */
const LOOK_EVERY = 100;
/** Bytes by which the process may grow before the sockets are asked what they hold. */
const GROWTH = 32 * 1024 * 1024;
/** Bytes of a message that is not complete; a whole one has 16 KiB at most. What the kernel has not handed over counts too. */
const HELD_MAX = 1024 * 1024;
/** Milliseconds in which the other side may answer our close, and read what was sent before it. */
const FAREWELL = 5_000;
/** Looks between two searches for sockets that are overdue. */
const SWEEP_EVERY = 50;

/** A socket, as the guard sees it. */
interface Guest {
  /** Whole messages so far. */
  readonly heard: number;
}

interface Watched {
  guest: Guest;
  /** `heard` and bytes received when the kernel was last asked of it. */
  heard: number;
  received: number;
  /** When we closed it, by `performance.now()`. */
  closedAt?: number;
  release(): void;
}

/**
 * Cuts the TCP connections of sockets that Deno would keep. Deno gathers a message's fragments without end before
 * anybody here sees a byte; its `close()` stops neither that nor frees what waits for a reader who never answers. The
 * kernel knows how much came in, and ends a connection at once. See decision 32.
 */
export class Guard {
  readonly #tcp = openTcp();
  readonly #watched = new Map<string, Watched>();
  readonly #timer = this.#tcp && setInterval(() => this.#look(), LOOK_EVERY);
  #lowest = Infinity;
  #looks = 0;
  #again = false;

  constructor(private readonly log: Logger) {
    if (!this.#tcp) log.warn("the kernel cannot be asked: endless messages are bounded by the memory alone");
  }

  /**
   * @param end of the connection, as `endOf` names it; null when it has none
   * @param release called once, when the socket holds nothing any more
   */
  watch(end: string | null, guest: Guest, release: () => void): { closed(): void; ended(): void } {
    if (!this.#tcp || end === null) return { closed: release, ended: release };
    const watched: Watched = { guest, heard: 0, received: 0, release };
    this.#watched.set(end, watched);
    return {
      closed: () => void (watched.closedAt ??= performance.now()),
      ended: () => this.#forget(end, watched),
    };
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#tcp?.close();
  }

  #look(): void {
    const { rss } = Deno.memoryUsage();
    const grown = rss > this.#lowest + GROWTH;
    this.#lowest = grown ? rss : Math.min(this.#lowest, rss);
    const sweeps = ++this.#looks % SWEEP_EVERY === 0;
    // Of a socket that had sent whole messages, only the second look tells what it holds.
    if (grown || this.#again) this.#search(this.#watched);
    else if (sweeps) this.#search(this.#closed());
    this.#again = grown;
  }

  #closed(): Map<string, Watched> {
    return new Map(this.#watched.entries().filter(([, { closedAt }]) => closedAt !== undefined));
  }

  #search(among: ReadonlyMap<string, Watched>): void {
    if (among.size === 0) return;
    const open = this.#tcp!.find(among);
    for (const [end, watched] of among) {
      const connection = open.get(end);
      const why = connection && this.#fault(watched, connection);
      if (!why) continue;
      connection.cut();
      this.log.warn({ end, why, received: connection.received }, "a socket was cut");
      this.#forget(end, watched);
    }
  }

  #fault(watched: Watched, { received }: TcpConnection): string | null {
    const { guest, closedAt } = watched;
    if (guest.heard !== watched.heard) {
      // What came before its last message is not held any more.
      watched.heard = guest.heard;
      watched.received = received;
    }
    if (received - watched.received > HELD_MAX) return "an endless message";
    return closedAt !== undefined && performance.now() - closedAt > FAREWELL ? "no farewell" : null;
  }

  #forget(end: string, watched: Watched): void {
    if (this.#watched.get(end) === watched) this.#watched.delete(end);
    watched.release();
  }
}
