/** What an attack was, and what became of it. */

export interface Tally {
  /** WebSocket messages sent, good for nothing all of them. */
  frames: number;
  requests: number;
  handshakes: number;
  sockets: number;
  /** Close code → how often; 1006 is a connection that was cut. */
  closes: Record<string, number>;
  /** HTTP status → how often; `cut` and `none` where no answer came. */
  statuses: Record<string, number>;
  /** What should not have been: an answer of 500 and above, a socket that stayed open. Each once. */
  faults: string[];
}

export function emptyTally(): Tally {
  return { frames: 0, requests: 0, handshakes: 0, sockets: 0, closes: {}, statuses: {}, faults: [] };
}

export function count(counts: Record<string, number>, what: string | number): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

export function fault(tally: Tally, what: string): void {
  if (!tally.faults.includes(what)) tally.faults.push(what);
}

/** Lets so many a second go by. */
export class Pace {
  #next = 0;

  constructor(private readonly perSecond: number) {}

  async take(many = 1): Promise<void> {
    const now = performance.now();
    const at = Math.max(this.#next, now);
    this.#next = at + many / this.perSecond * 1000;
    if (at > now) await new Promise((done) => setTimeout(done, at - now));
  }
}
