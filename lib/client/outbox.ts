/**
 * Messages on their way. They go out one after another in the order they were written, wait while there is no
 * connection, and survive a reload. Sending one twice does no harm: its `clientId` makes it the same message.
 */
import { CLOSE } from "../protocol/errors.ts";
import type { ClientFrameInput } from "../protocol/frames.ts";
import type { MessageId, RoomId } from "../protocol/ids.ts";
import type { Attachment } from "../protocol/types.ts";
import { Backoff } from "./backoff.ts";
import type { Answer } from "./connection.ts";
import type { Timers } from "./environment.ts";
import { Listeners } from "./listeners.ts";
import type { OutboxStore, Outgoing } from "./outbox_store.ts";
import { asRefusal, type Refusal } from "./refusal.ts";

/** When the server does not say how long to wait. */
const RATE_LIMIT_MS = 5_000;

export interface OutboxDeps {
  roomId: RoomId;
  store: OutboxStore;
  timers: Timers;
  /** Sends a frame and answers with its `ack`. @throws {Refusal} */
  request: (frame: ClientFrameInput) => Promise<Answer>;
  newId?: () => string;
  random?: () => number;
}

export class Outbox {
  #entries: readonly Outgoing[];
  #open = false;
  #draining = false;
  /** Each `pause` begins a new run; an answer that comes after it belongs to none. */
  #run = 0;
  #stopWait: () => void = () => {};
  #lastAt = 0;
  readonly #stopStore: () => void;
  readonly #backoff: Backoff;
  readonly #changes = new Listeners<readonly Outgoing[]>();

  constructor(readonly deps: OutboxDeps) {
    this.#entries = deps.store.load();
    this.#backoff = new Backoff(deps.random ?? Math.random, 2_000);
    this.#stopStore = deps.store.onRemoved((clientId) => this.#removedElsewhere(clientId));
  }

  /** Oldest first; a new array at each change. */
  get entries(): readonly Outgoing[] {
    return this.#entries;
  }

  subscribe(listener: (entries: readonly Outgoing[]) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Keeps a message and sends it as soon as it is its turn. */
  add(
    body: string,
    replyTo?: MessageId,
    attachments: readonly Attachment[] = [],
    kind?: Outgoing["kind"],
  ): Outgoing {
    // Two messages of one millisecond keep their order over a reload.
    const createdAt = this.#lastAt = Math.max(this.deps.timers.now(), this.#lastAt + 0.001);
    const clientId = (this.deps.newId ?? (() => crypto.randomUUID()))();
    const entry: Outgoing = {
      clientId,
      roomId: this.deps.roomId,
      ...(kind && { kind }),
      body,
      replyTo,
      ...(attachments.length > 0 && { attachments }),
      createdAt,
      state: "pending",
    };
    this.deps.store.save(entry);
    this.#set([...this.#entries, entry]);
    this.#drain();
    return entry;
  }

  /** The room is joined: send what waits, also what tabs that are gone have left behind. */
  resume(): void {
    const known = new Set(this.#entries.map((entry) => entry.clientId));
    const left = this.deps.store.load().filter((entry) => !known.has(entry.clientId));
    if (left.length > 0) this.#set([...this.#entries, ...left].sort((a, b) => a.createdAt - b.createdAt));
    this.#open = true;
    this.#backoff.reset();
    this.#drain();
  }

  /** There is no connection: everything waits. */
  pause(): void {
    this.#open = false;
    this.#run++;
    this.#stopWait();
    this.#draining = false;
    this.#set(
      this.#entries.map((entry) => entry.state === "sending" ? { ...entry, state: "pending" } : entry),
    );
  }

  /** Sends a failed message again, under the same `clientId`. */
  retry(clientId: string): void {
    this.#change(clientId, { state: "pending", reason: undefined, retryable: undefined }, true);
    this.#drain();
  }

  /** Gives a message up. One that is just being sent may still arrive. */
  discard(clientId: string): void {
    this.deps.store.remove(clientId);
    this.#set(this.#entries.filter((entry) => entry.clientId !== clientId));
  }

  /** The room's log shows these, so there is nothing left to wait for. */
  settle(arrived: (entry: Outgoing) => boolean): void {
    const gone = this.#entries.filter(arrived);
    if (gone.length === 0) return;
    for (const entry of gone) this.deps.store.remove(entry.clientId);
    this.#set(this.#entries.filter((entry) => !gone.includes(entry)));
  }

  /** Stops for good; what waits stays in the store. */
  close(): void {
    this.pause();
    this.#stopStore();
  }

  async #drain(): Promise<void> {
    if (this.#draining || !this.#open) return;
    const next = this.#entries.find((entry) => entry.state === "pending" || entry.state === "sending");
    if (!next) return;
    this.#draining = true;
    const run = this.#run;
    this.#change(next.clientId, { state: "sending" });
    const wait = await this.#send(next, run);
    if (run !== this.#run) return;
    const go = () => {
      this.#draining = false;
      this.#drain();
    };
    if (wait > 0) this.#stopWait = this.deps.timers.after(wait, go);
    else go();
  }

  /** @returns milliseconds to wait before anything else is sent */
  async #send(entry: Outgoing, run: number): Promise<number> {
    const { clientId, roomId, kind = "TEXT", body, replyTo, attachments } = entry;
    try {
      const ack = await this.deps.request({
        type: "send_message",
        clientId,
        roomId,
        kind,
        body,
        replyTo,
        ...(attachments && { attachments: attachments.map(({ id }) => id) }),
      });
      this.#backoff.reset();
      this.deps.store.remove(clientId);
      this.#change(clientId, { state: "sent", seq: ack.type === "ack" ? ack.seq : undefined });
      return 0;
    } catch (error) {
      // Paused meanwhile: the message waits already, and goes out again with the next run.
      return run === this.#run ? this.#refused(clientId, asRefusal(error)) : 0;
    }
  }

  #refused(clientId: string, why: Refusal): number {
    switch (why.code) {
      case "RATE_LIMIT_EXCEEDED":
        // Still "sending" to the eye: it goes by itself.
        return why.retryAfter === undefined ? RATE_LIMIT_MS : why.retryAfter * 1000;
      case "UNAVAILABLE":
      case "TIMEOUT":
        this.#change(clientId, { state: "pending" });
        return this.#backoff.next() + 1;
      case "DISCONNECTED":
      case "UNAUTHENTICATED":
      case "INVALID_SESSION":
      case "SESSION_EXPIRED":
        if (why.closeCode === CLOSE.badFrame || why.closeCode === CLOSE.tooBig) break;
        this.#change(clientId, { state: "pending" });
        this.pause();
        return 0;
    }
    // A message that costs us the connection would do so again and hold up all behind it.
    const reason = why.code === "DISCONNECTED" ? "The server could not take this message." : why.message;
    this.#change(clientId, { state: "failed", reason, retryable: why.code === "INTERNAL" }, true);
    return 0;
  }

  /** Sent by another tab, or discarded there. What this tab is sending itself is told by its own answer. */
  #removedElsewhere(clientId: string): void {
    const entry = this.#entries.find((other) => other.clientId === clientId);
    if (entry && entry.state !== "sending" && entry.state !== "sent") this.discard(clientId);
  }

  #change(clientId: string, change: Partial<Outgoing>, keep = false): void {
    const at = this.#entries.findIndex((entry) => entry.clientId === clientId);
    if (at < 0) return;
    const entry = { ...this.#entries[at]!, ...change };
    if (keep) this.deps.store.save(entry);
    this.#set(this.#entries.with(at, entry));
  }

  #set(entries: readonly Outgoing[]): void {
    this.#entries = entries;
    this.#changes.tell(entries);
  }
}
