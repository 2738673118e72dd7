/** The life of one WebSocket: frames out, events in, answers matched to questions, and a watch on whether it lives. */
import type { ErrorEvent, ServerEvent, Welcome } from "../protocol/events.ts";
import type { ClientFrameInput } from "../protocol/frames.ts";
import type { Timers } from "./environment.ts";
import { Refusal } from "./refusal.ts";

/** From opening to `welcome`, and from a frame to its answer. */
export const ANSWER_MS = 10_000;
/** After the page was hidden or asleep the connection has this long to show that it still lives. */
export const PROBE_MS = 5_000;
/** "Abnormal closure" of RFC 6455: nobody said goodbye. */
export const ABNORMAL = 1006;

/** What of `WebSocket` is used here. */
export type SocketLike = Pick<WebSocket, "send" | "close" | "readyState" | "addEventListener">;
export type Answer = Extract<ServerEvent, { id?: string }>;
type Asked = { resolve: (answer: Answer) => void; reject: (why: Refusal) => void; cancel: () => void };

export interface ConnectionHandlers {
  onWelcome(welcome: Welcome): void;
  /** The events of one server frame, in their order. */
  onEvents(events: ServerEvent[]): void;
  /** Called once, and last. */
  onGone(code: number, reason: string): void;
}

export class Connection {
  readonly #asked = new Map<string, Asked>();
  #questions = 0;
  #heardAt: number;
  /** When the oldest heartbeat went out that no frame has followed; null when there is none. */
  #unanswered: number | null = null;
  #heartbeatMs = 0;
  #gone = false;
  #stopWatch: () => void;

  constructor(
    readonly socket: SocketLike,
    readonly timers: Timers,
    readonly hidden: () => boolean,
    readonly handlers: ConnectionHandlers,
  ) {
    this.#heardAt = timers.now();
    this.#stopWatch = timers.after(ANSWER_MS, () => this.drop(ABNORMAL, "no welcome"));
    socket.addEventListener("message", (event) => this.#hear(event as MessageEvent));
    socket.addEventListener("close", (event) => {
      const { code, reason } = event as CloseEvent;
      this.#end(code, reason);
    });
  }

  /** Sends and forgets: for what is worth nothing a second later. */
  send(frame: ClientFrameInput): void {
    if (!this.#gone && this.socket.readyState === 1) this.socket.send(JSON.stringify(frame));
  }

  /**
   * Sends a frame and waits for its `ack`, or whatever answers it by its id.
   * @throws {Refusal} the server's `error`; TIMEOUT after 10 s; DISCONNECTED when the connection goes first
   */
  request(frame: ClientFrameInput): Promise<Answer> {
    if (this.#gone) return Promise.reject(new Refusal("DISCONNECTED", "The connection was lost."));
    const id = `q${++this.#questions}`;
    return new Promise((resolve, reject) => {
      const cancel = this.timers.after(ANSWER_MS, () => {
        this.#asked.delete(id);
        reject(new Refusal("TIMEOUT", "The server did not answer."));
      });
      this.#asked.set(id, { resolve, reject, cancel });
      this.send({ ...frame, id });
    });
  }

  /** Tells the server at once whether the page is looked at. */
  beat(): void {
    if (this.#heartbeatMs === 0) return;
    this.#unanswered ??= this.timers.now();
    this.send({ type: "heartbeat", id: `h${++this.#questions}`, away: this.hidden() });
  }

  /** The page is awake: ends the connection if it died in its sleep. */
  probe(): void {
    const askedAt = this.timers.now();
    this.beat();
    this.timers.after(PROBE_MS, () => {
      if (this.#heardAt < askedAt) this.drop(ABNORMAL, "no sign of life");
    });
  }

  /** Leaves at once: a dead peer's close handshake would take minutes. */
  drop(code: number, reason: string): void {
    if (this.#gone) return;
    this.socket.close();
    this.#end(code, reason);
  }

  #hear(message: MessageEvent): void {
    if (this.#gone) return;
    this.#heardAt = this.timers.now();
    this.#unanswered = null;
    const events = JSON.parse(message.data) as ServerEvent[];
    for (const event of events) {
      if (event.type === "welcome") this.#welcomed(event);
    }
    this.handlers.onEvents(events);
    for (const event of events) {
      if ("id" in event && event.id) this.#answer(event as Answer);
    }
  }

  #answer(event: Answer): void {
    const asked = this.#asked.get(event.id!);
    if (!asked) return;
    this.#asked.delete(event.id!);
    asked.cancel();
    if (event.type === "error") asked.reject(refusalOf(event));
    else asked.resolve(event);
  }

  #welcomed(welcome: Welcome): void {
    this.#stopWatch();
    this.#heartbeatMs = welcome.heartbeatSeconds * 1000;
    this.#watch();
    this.handlers.onWelcome(welcome);
    if (this.hidden()) this.beat();
  }

  /**
   * Every heartbeat is acknowledged, so one that no frame has followed by the next means that the peer is dead.
   * Counted from our own question: a hidden page's timers run so late that silence alone says nothing.
   */
  #watch(): void {
    this.#stopWatch = this.timers.after(this.#heartbeatMs, () => {
      const silence = this.#unanswered === null ? 0 : this.timers.now() - this.#unanswered;
      if (silence >= this.#heartbeatMs) return this.drop(ABNORMAL, "no sign of life");
      this.beat();
      this.#watch();
    });
  }

  /** `close` can be reported twice, and after we have left ourselves. */
  #end(code: number, reason: string): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#stopWatch();
    for (const asked of this.#asked.values()) {
      asked.cancel();
      asked.reject(new Refusal("DISCONNECTED", "The connection was lost.", undefined, code));
    }
    this.#asked.clear();
    this.handlers.onGone(code, reason);
  }
}

function refusalOf(event: ErrorEvent): Refusal {
  return new Refusal(event.code, event.message, event.retryAfter);
}
