/** What people do: they write, react, change their words, and press "try again". */
import type { Outgoing } from "../../lib/client/outbox_store.ts";
import { asRefusal } from "../../lib/client/refusal.ts";
import type { ClientFrameInput } from "../../lib/protocol/frames.ts";
import type { Random } from "./random.ts";
import type { SimulatedClient } from "./simulated_client.ts";

/** Of messages that were acknowledged. */
const [REACTS, EDITS, DELETES] = [0.05, 0.02, 0.01];
/** Of sends that another device of the same person repeats under the same clientId. */
const ECHOES = 0.01;
/** Milliseconds before somebody presses "try again", and before one who must wait looks again. */
const PAUSE = 200;
const EMOJI = ["👍", "❤️", "😂", "🎉"];
const WORDS = "the tide comes in slowly over sand and stones while gulls cry above our small wooden boats"
  .split(" ");

export interface TalkerOptions {
  client: SimulatedClient;
  /** Another device of the same person. */
  sibling?: SimulatedClient;
  random: Random;
  /** Milliseconds to wait before the next message. */
  pause(): number;
}

export class Talker {
  /** Messages that failed and were sent again, or given up, by the reason that was shown. */
  readonly failures = new Map<string, number>();
  /** Failed, and somebody has seen it. */
  readonly #noticed = new Set<string>();
  #stopped = false;
  #speaking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: TalkerOptions) {
    const { client } = options;
    client.onAnswer = (frame) => this.#answered(frame);
    client.outbox.subscribe((entries) => {
      this.#lookForFailed(entries);
      this.#speakSoon();
    });
  }

  get client(): SimulatedClient {
    return this.options.client;
  }

  /** Messages that are neither acknowledged nor given up. */
  get waiting(): number {
    return this.options.client.outbox.entries.filter(({ state }) => state !== "sent").length;
  }

  start(): void {
    this.#speakSoon();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Not now: the outbox may be in the middle of something. */
  #speakSoon(): void {
    if (this.#speaking || this.#stopped) return;
    this.#speaking = true;
    queueMicrotask(() => {
      const { client, pause } = this.options;
      while (!this.#stopped && this.waiting < client.options.lanes && pause() === 0) this.#speak();
      this.#speaking = false;
      if (!this.#stopped && this.waiting < client.options.lanes) this.#speakLater(pause());
    });
  }

  #speakLater(wait: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#speak();
    }, wait);
  }

  #speak(): void {
    const { client, random } = this.options;
    client.outbox.add(words(random));
  }

  #answered(frame: ClientFrameInput): void {
    if (frame.type !== "send_message") return;
    const { random, sibling } = this.options;
    if (sibling && random.chance(ECHOES)) sibling.repeat(frame);
    this.#change();
  }

  #change(): void {
    const { client, random } = this.options;
    const { messages } = client.room.view.room;
    const message = messages[messages.length - random.between(1, 20)];
    if (!message || message.deletedAt) return;
    const mine = message.author?.id === client.options.person.viewer.id;
    const messageId = message.id;
    const what = random.next();
    if (what < REACTS) {
      const emoji = random.pick(EMOJI);
      this.#attempt(client.room.mark({ type: "react", messageId, emoji, on: random.chance(0.7) }));
    } else if (mine && what < REACTS + EDITS) {
      this.#attempt(client.room.edit(messageId, `${words(random)} (edited)`));
    } else if (mine && what < REACTS + EDITS + DELETES) this.#attempt(client.room.remove(messageId));
  }

  /** What is refused or lost was shown to somebody; they may leave it at that. */
  #attempt(change: Promise<void>): void {
    change.catch((error) => void asRefusal(error));
  }

  #lookForFailed(entries: readonly Outgoing[]): void {
    for (const { clientId, state, retryable, reason = "" } of entries) {
      if (state !== "failed" || this.#noticed.has(clientId)) continue;
      this.failures.set(reason, (this.failures.get(reason) ?? 0) + 1);
      this.#noticed.add(clientId);
      setTimeout(() => this.#decide(clientId, retryable ?? false), PAUSE);
    }
  }

  #decide(clientId: string, retryable: boolean): void {
    const { outbox } = this.options.client;
    this.#noticed.delete(clientId);
    if (retryable) outbox.retry(clientId);
    else outbox.discard(clientId);
  }
}

function words(random: Random): string {
  return Array.from({ length: random.between(3, 12) }, () => random.pick(WORDS)).join(" ");
}
