/** Stands between two parties that speak TCP, and does to their connections what networks do. */
import { ClientFrames, isSend } from "./client_frames.ts";
import type { Random } from "./random.ts";

const CHUNK = 64 * 1024;

/** What happens to everything that passes. */
export interface Weather {
  /** Milliseconds that each piece is held back. */
  delay: number;
  /** The share of `send_message` frames that arrive twice. */
  twice: number;
}

interface Link {
  near: Deno.TcpConn;
  far: Deno.TcpConn;
  /** Half-open: takes bytes and passes none on, nor tells that a side has gone. */
  stalled: boolean;
}

export interface ProxyOptions {
  /** Where it leads to, asked for each connection. */
  target(): number;
  random: Random;
  /** The near side speaks WebSocket. */
  frames?: boolean;
}

export class FaultProxy {
  readonly port: number;
  readonly weather: Weather = { delay: 0, twice: 0 };
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #links = new Set<Link>();

  constructor(private readonly options: ProxyOptions) {
    this.port = this.#listener.addr.port;
    void this.#accept();
  }

  /** Cuts some of the connections, all at once. @returns how many */
  cut(share: number): number {
    const chosen = this.#choose(share);
    for (const link of chosen) this.#close(link);
    return chosen.length;
  }

  /** Makes some of the connections half-open. @returns ends them */
  stall(share: number): () => void {
    const chosen = this.#choose(share);
    for (const link of chosen) link.stalled = true;
    return () => {
      for (const link of chosen) this.#close(link);
    };
  }

  close(): void {
    this.#listener.close();
    this.cut(1);
  }

  #choose(share: number): Link[] {
    return [...this.#links].filter(() => share >= 1 || this.options.random.chance(share));
  }

  async #accept(): Promise<void> {
    try {
      for await (const near of this.#listener) void this.#link(near);
    } catch {
      // Closed.
    }
  }

  async #link(near: Deno.TcpConn): Promise<void> {
    let far: Deno.TcpConn;
    try {
      far = await Deno.connect({ hostname: "127.0.0.1", port: this.options.target() });
    } catch {
      return near.close();
    }
    near.setNoDelay(true);
    far.setNoDelay(true);
    const link: Link = { near, far, stalled: false };
    this.#links.add(link);
    void this.#pass(link, near, far, this.options.frames ? new ClientFrames() : null);
    void this.#pass(link, far, near, null);
  }

  async #pass(link: Link, from: Deno.TcpConn, to: Deno.TcpConn, frames: ClientFrames | null): Promise<void> {
    const buffer = new Uint8Array(CHUNK);
    try {
      for (let read = await from.read(buffer); read !== null; read = await from.read(buffer)) {
        if (link.stalled) continue;
        if (this.weather.delay > 0) await new Promise((done) => setTimeout(done, this.weather.delay));
        const bytes = buffer.subarray(0, read);
        for (const piece of frames ? this.#repeated(frames.take(bytes)) : [bytes]) await writeAll(to, piece);
      }
    } catch {
      // One of the two is gone: so is the link.
    }
    if (!link.stalled) this.#close(link);
  }

  #repeated(frames: Uint8Array[]): Uint8Array[] {
    const { twice } = this.weather;
    if (twice === 0) return frames;
    return frames.flatMap((frame) =>
      isSend(frame) && this.options.random.chance(twice) ? [frame, frame] : [frame]
    );
  }

  #close(link: Link): void {
    if (!this.#links.delete(link)) return;
    for (const side of [link.near, link.far]) {
      try {
        side.close();
      } catch {
        // Closed by the other loop.
      }
    }
  }
}

async function writeAll(to: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await to.write(bytes.subarray(sent));
}
