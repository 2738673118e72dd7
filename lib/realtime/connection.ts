import type { Clock } from "../clock.ts";
import { errorBody, isAppError } from "../errors.ts";
import type { Session } from "../auth/sessions.ts";
import type { Logger } from "../log.ts";
import { CLOSE } from "../protocol/errors.ts";
import type { ServerEvent } from "../protocol/events.ts";
import { type ClientFrame, clientFrame } from "../protocol/frames.ts";
import type { RoomId } from "../protocol/ids.ts";
import { FRAME_MAX_BYTES } from "../protocol/limits.ts";
import { plainSend } from "../protocol/plain_send.ts";
import { fieldErrors } from "../http/body.ts";
import type { Channel, Listener } from "./channel.ts";

/** Bytes that may wait for a slow reader. It resumes by seq when it comes back, so nothing is lost by cutting it off. */
const BUFFER_MAX = 1024 * 1024;
/** Frames that may wait for the one before them. */
const QUEUE_MAX = 256;
/** Frames a second, and how many at once, before a client is told to come back slower. */
const FRAMES_A_SECOND = 60;
const FRAMES_BURST = 300;

export interface Surroundings {
  clock: Clock;
  log: Logger;
  factor: number;
  /** Does what a frame asks; its answers go through {@link Connection.answer}. */
  handle(connection: Connection, frame: ClientFrame): void | Promise<void>;
  closed(connection: Connection): void;
}

/** One socket: reads frames in order, writes frames when there is room, and holds no rule of the product. */
export class Connection implements Listener {
  readonly id: string = crypto.randomUUID();
  readonly rooms = new Map<RoomId, Channel>();
  /** Whole messages so far, good or not. */
  heard = 0;
  /** As the last heartbeat said. Who has sent none may be a hidden page, whose browser slows its heartbeats down. */
  away = true;
  #answers: ServerEvent[] = [];
  readonly #frames: ClientFrame[] = [];
  #working = false;
  #allowance = FRAMES_BURST;
  #allowedAt: number;
  #open = true;
  /** `heard` at the last sweep, and how many in a row found it unchanged. */
  #heardBefore = 0;
  #silentSweeps = 0;

  constructor(
    private readonly socket: WebSocket,
    readonly session: Session,
    private readonly with_: Surroundings,
  ) {
    this.#allowedAt = with_.clock();
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = () => this.#forget();
    socket.onerror = () => this.#forget();
  }

  get open(): boolean {
    return this.#open;
  }

  /** Looks whether it has said anything since it was last asked. @returns how many times in a row it had not */
  sweep(): number {
    if (this.heard === this.#heardBefore) return ++this.#silentSweeps;
    this.#heardBefore = this.heard;
    return this.#silentSweeps = 0;
  }

  /** Answers this socket alone; answers of one turn of the loop share a frame. */
  answer(...events: ServerEvent[]): void {
    if (this.#answers.length === 0) queueMicrotask(() => this.flush());
    this.#answers.push(...events);
  }

  /** Sends what was answered so far, so that what follows comes after it. */
  flush(): void {
    if (this.#answers.length === 0) return;
    const frame = JSON.stringify(this.#answers);
    this.#answers = [];
    this.deliver(frame);
  }

  deliver(frame: string): void {
    if (!this.#open || this.socket.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > BUFFER_MAX) {
      return this.close(CLOSE.slowReader, "too slow a reader; come back and resume");
    }
    this.socket.send(frame);
  }

  /** Closes and forgets at once: the other side may never answer. */
  close(code: number, reason: string): void {
    this.flush();
    try {
      this.socket.close(code, reason);
    } catch {
      // Closed by the other side meanwhile.
    }
    this.#forget();
  }

  fail(error: unknown, id: string | undefined): void {
    if (!isAppError(error)) {
      this.with_.log.error({ error: String(error), connection: this.id }, "a frame failed");
    }
    this.answer({ type: "error", ...(id !== undefined && { id }), ...errorBody(error) });
  }

  #forget(): void {
    if (!this.#open) return;
    this.#open = false;
    this.with_.closed(this);
  }

  #receive(data: unknown): void {
    this.heard++;
    if (!this.#open) return;
    if (typeof data !== "string") return this.close(CLOSE.badFrame, "frames are JSON text");
    // A character takes at most three bytes, so only long frames need counting.
    if (data.length > FRAME_MAX_BYTES || data.length * 3 > FRAME_MAX_BYTES && bytes(data) > FRAME_MAX_BYTES) {
      return this.close(CLOSE.tooBig, `a frame holds at most ${FRAME_MAX_BYTES} bytes`);
    }
    if (!this.#spend() || this.#frames.length >= QUEUE_MAX) {
      return this.close(CLOSE.tooFast, "too many frames");
    }
    const value = parse(data);
    if (typeof value !== "object" || value === null) {
      return this.close(CLOSE.badFrame, "a frame is one JSON object");
    }
    const plain = plainSend(value);
    if (plain) return this.#take(plain);
    const frame = clientFrame.safeParse(value);
    if (!frame.success) return this.#refuse(value, fieldErrors(frame.error));
    this.#take(frame.data);
  }

  /** One frame after another, each when the one before is done: at once, where that needs no waiting. */
  #take(frame: ClientFrame): void {
    if (this.#working) return void this.#frames.push(frame);
    const doing = this.#do(frame);
    if (doing) void this.#work(doing);
  }

  async #work(doing: Promise<void>): Promise<void> {
    this.#working = true;
    await doing;
    for (let frame = this.#frames.shift(); frame && this.#open; frame = this.#frames.shift()) {
      await this.#do(frame);
    }
    this.#working = false;
  }

  #do(frame: ClientFrame): void | Promise<void> {
    try {
      return this.with_.handle(this, frame)?.catch((error) => this.fail(error, frame.id));
    } catch (error) {
      this.fail(error, frame.id);
    }
  }

  #refuse(value: object, fields: Record<string, string>): void {
    const id = "id" in value && typeof value.id === "string" ? value.id.slice(0, 64) : undefined;
    const message = "That frame is not one the server knows: " +
      Object.entries(fields).map(([field, problem]) => field ? `${field}: ${problem}` : problem).join("; ");
    this.answer({
      type: "error",
      ...(id !== undefined && { id }),
      code: "VALIDATION_FAILED",
      message,
      fields,
    });
  }

  /** A token bucket, so that one socket cannot keep the isolate busy with frames that are refused anyway. */
  #spend(): boolean {
    const now = this.with_.clock();
    const rate = FRAMES_A_SECOND * this.with_.factor;
    const most = FRAMES_BURST * this.with_.factor;
    this.#allowance = Math.min(most, this.#allowance + (now - this.#allowedAt) / 1000 * rate) - 1;
    this.#allowedAt = now;
    return this.#allowance >= 0;
  }
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
