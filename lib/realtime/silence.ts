import { CLOSE } from "../protocol/errors.ts";
import type { Connection } from "./connection.ts";

/** Milliseconds between two looks at all sockets. */
const SWEEP = 5_000;
/** Sweeps without a frame: heartbeats come every 25 s, and from a hidden page at worst once a minute. */
export const SILENT_SWEEPS = 9;
export const SILENT_SWEEPS_AWAY = 20;

/**
 * Closes sockets whose other side says nothing any more, not even a heartbeat. Deno's `idleTimeout` would do that by pings, but
 * of a pong that comes in the same turn of the loop in which its ping is done it learns nothing, and closes a healthy
 * socket; it also keeps a timer, its closures and the request of every socket.
 */
export class Silence {
  readonly #timer = setInterval(() => this.sweep(), SWEEP);

  constructor(private readonly all: () => Iterable<Connection>) {}

  sweep(): void {
    for (const connection of this.all()) {
      const most = connection.away ? SILENT_SWEEPS_AWAY : SILENT_SWEEPS;
      if (connection.sweep() >= most) {
        connection.close(CLOSE.silent, "no heartbeat came; come back and resume");
      }
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
