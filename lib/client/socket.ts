/**
 * The one socket of a page: keeps a connection up as long as somebody is signed in, and says how it stands.
 *
 * connecting → online → offline → connecting …, until `ended`: the session is over and nothing here can mend that.
 */
import { CLOSE } from "../protocol/errors.ts";
import type { ServerEvent, Welcome } from "../protocol/events.ts";
import type { ClientFrameInput } from "../protocol/frames.ts";
import { Backoff } from "./backoff.ts";
import { ABNORMAL, type Answer, Connection, type SocketLike } from "./connection.ts";
import type { PageChange, PageSignals, Timers } from "./environment.ts";
import { Listeners } from "./listeners.ts";
import { asRefusal, Refusal } from "./refusal.ts";

/** A connection that lasted this long was a good one: the next loss starts with short waits again. */
const STABLE_MS = 10_000;
/** A restarting server told us so: it is back soon, but not for everybody in the same instant. */
const RESTART_SPREAD_MS = 1_500;
/** Enough failed tries for waits of up to 8 s: for a server that finds us too fast or does not understand us. */
const CHASTENED = 4;
/** Close reasons are for logs; these are for people. */
const SESSION_ENDED = "Your session has ended. Please come in again.";

export type SocketState =
  | { phase: "connecting" }
  | { phase: "online"; welcome: Welcome }
  /** `retryAt`: milliseconds of the clock at which it is tried again. */
  | { phase: "offline"; retryAt: number }
  /** For good. `reason` is fit to show. */
  | { phase: "ended"; reason: string };

export interface SocketDeps {
  /** `wss://host/ws` */
  url: string;
  /** @throws {Refusal} when there is no ticket to be had */
  fetchTicket: () => Promise<{ token: string }>;
  openSocket?: (url: string, protocols: string[]) => SocketLike;
  timers: Timers;
  page: PageSignals;
  /** 0 ≤ x < 1 */
  random?: () => number;
}

/** What rooms ask of the socket. Something else may stand between the two, such as what seals and opens words. */
export type RoomSocket = Pick<
  ParleySocket,
  "state" | "subscribe" | "onEvents" | "start" | "stop" | "reconnect" | "send" | "request"
>;

export class ParleySocket {
  #state: SocketState = { phase: "connecting" };
  #connection: Connection | null = null;
  /** Counts tries, so that a ticket which comes after we stopped or began anew is left alone. */
  #attempt = 0;
  #onlineSince = 0;
  #stopRetry: () => void = () => {};
  #stopPage: (() => void) | null = null;
  readonly #backoff: Backoff;
  readonly #states = new Listeners<SocketState>();
  readonly #events = new Listeners<ServerEvent[]>();

  constructor(readonly deps: SocketDeps) {
    this.#backoff = new Backoff(deps.random ?? Math.random);
  }

  get state(): SocketState {
    return this.#state;
  }

  /** Hears every change of state. */
  subscribe(listener: (state: SocketState) => void): () => void {
    return this.#states.add(listener);
  }

  /** Hears the events of each server frame, in their order. */
  onEvents(listener: (events: ServerEvent[]) => void): () => void {
    return this.#events.add(listener);
  }

  start(): void {
    if (this.#stopPage) return;
    this.#stopPage = this.deps.page.watch((change) => this.#pageChanged(change));
    this.#connect();
  }

  /** Closes and stays closed until `start` is called again. */
  stop(): void {
    this.#stopPage?.();
    this.#stopPage = null;
    this.#leave();
  }

  /** Does not wait for the next try. */
  reconnect(): void {
    if (this.#state.phase !== "offline" || !this.#stopPage) return;
    this.#backoff.reset();
    this.#connect();
  }

  /** Sends and forgets; lost when not online. */
  send(frame: ClientFrameInput): void {
    if (this.#state.phase === "online") this.#connection?.send(frame);
  }

  /**
   * Sends a frame and waits for its answer.
   * @throws {Refusal} the server's `error`, TIMEOUT, or DISCONNECTED (also at once, when not online)
   */
  request(frame: ClientFrameInput): Promise<Answer> {
    if (this.#state.phase === "online" && this.#connection) return this.#connection.request(frame);
    return Promise.reject(new Refusal("DISCONNECTED", "There is no connection right now."));
  }

  async #connect(): Promise<void> {
    this.#leave();
    const attempt = this.#attempt;
    this.#become({ phase: "connecting" });
    try {
      const { token } = await this.deps.fetchTicket();
      if (attempt === this.#attempt) this.#open(token);
    } catch (error) {
      if (attempt === this.#attempt) this.#refused(asRefusal(error));
    }
  }

  #open(token: string): void {
    const { url, timers, page } = this.deps;
    const open = this.deps.openSocket ?? ((address, protocols) => new WebSocket(address, protocols));
    const connection: Connection = new Connection(
      open(url, ["parley.v1", `ticket.${token}`]),
      timers,
      () => page.hidden(),
      {
        onWelcome: (welcome) => this.#welcomed(connection, welcome),
        onEvents: (events) => connection === this.#connection && this.#events.tell(events),
        onGone: (code) => connection === this.#connection && this.#lost(code),
      },
    );
    this.#connection = connection;
  }

  #welcomed(connection: Connection, welcome: Welcome): void {
    if (connection !== this.#connection) return;
    this.#onlineSince = this.deps.timers.now();
    this.#become({ phase: "online", welcome });
  }

  /** No ticket: without a session or with a page grown old, trying again cannot help. */
  #refused(why: Refusal): void {
    switch (why.code) {
      case "UNAUTHENTICATED":
      case "INVALID_SESSION":
      case "SESSION_EXPIRED":
      case "CSRF_FAILED":
      case "FORBIDDEN":
        return this.#end(why.message);
      default:
        this.#retryIn(Math.max(this.#backoff.next(), (why.retryAfter ?? 0) * 1000));
    }
  }

  #lost(code: number): void {
    this.#connection = null;
    if (code === CLOSE.sessionEnded) {
      return this.#end(SESSION_ENDED);
    }
    const now = this.deps.timers.now();
    if (this.#onlineSince > 0 && now - this.#onlineSince >= STABLE_MS) this.#backoff.reset();
    this.#onlineSince = 0;
    if (code === CLOSE.tooFast || code === CLOSE.badFrame || code === CLOSE.tooBig) {
      this.#backoff.atLeast(CHASTENED);
    }
    const wait = this.#backoff.next();
    this.#retryIn(code === CLOSE.restart ? this.#restartWait(wait) : wait);
  }

  #restartWait(wait: number): number {
    return Math.min(wait, (this.deps.random ?? Math.random)() * RESTART_SPREAD_MS);
  }

  #retryIn(wait: number): void {
    this.#stopRetry = this.deps.timers.after(wait, () => this.#connect());
    this.#become({ phase: "offline", retryAt: this.deps.timers.now() + wait });
  }

  /** `navigator.onLine` can be wrong, so a lost network only ends the connection; tries go on as ever. */
  #pageChanged(change: PageChange): void {
    if (this.#state.phase === "ended") return;
    if (change === "offline") this.#connection?.drop(ABNORMAL, "no network");
    else if (change === "hidden") this.#connection?.beat();
    else if (this.#state.phase === "online") this.#connection?.probe();
    else this.reconnect();
  }

  #end(reason: string): void {
    this.stop();
    this.#become({ phase: "ended", reason });
  }

  /** Forgets the connection first, so that its end is no news. */
  #leave(): void {
    this.#attempt++;
    this.#stopRetry();
    this.#onlineSince = 0;
    const connection = this.#connection;
    this.#connection = null;
    connection?.drop(1000, "left");
  }

  #become(state: SocketState): void {
    this.#state = state;
    this.#states.tell(state);
  }
}
