import type { Sql } from "../../db/client.ts";
import { liveSessions } from "../../db/queries/sessions.ts";
import type { Logger } from "../log.ts";
import { CLOSE } from "../protocol/errors.ts";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { Doorbell } from "./doorbell.ts";
import { SESSION } from "./topics.ts";

/** Sessions that ended lately, for sockets that are being opened just then. */
const ENDED_REMEMBERED = 10_000;
/** Milliseconds; a session that ended while the doorbell was out of order is noticed this late. */
const SWEEP = 30_000;

interface Surroundings {
  sql: Sql;
  log: Logger;
  doorbell: Doorbell;
  connections: Connections;
}

/** Sockets live no longer than the sessions they were opened with, on whatever isolate those end. */
export class Sessions {
  readonly #ended = new Set<string>();
  readonly #sweeper = setInterval(() => void this.#sweep(), SWEEP);

  constructor(private readonly with_: Surroundings) {}

  /** Closes its sockets, here at once and on other isolates when the bell reaches them. */
  end(sessionId: string): void {
    this.heard(sessionId);
    this.with_.doorbell.ring(SESSION + sessionId);
  }

  /** It has ended, here or elsewhere. */
  heard(sessionId: string): void {
    if (this.#ended.size >= ENDED_REMEMBERED) this.#ended.clear();
    this.#ended.add(sessionId);
    for (const connection of this.with_.connections.ofSession(sessionId)) {
      connection.close(CLOSE.sessionEnded, "your session has ended");
    }
  }

  /** A socket has opened: its session may have ended since its ticket was looked at. */
  opened({ session }: Connection): void {
    if (this.#ended.has(session.id)) this.heard(session.id);
  }

  close(): void {
    clearInterval(this.#sweeper);
  }

  async #sweep(): Promise<void> {
    const { sql, log, connections } = this.with_;
    const ids = connections.sessions();
    if (ids.length === 0) return;
    try {
      const live = await liveSessions(sql, ids);
      for (const id of ids) if (!live.has(id)) this.heard(id);
    } catch (error) {
      log.error({ error: String(error) }, "sessions cannot be swept");
    }
  }
}
