/**
 * Deliveries in a room whose listeners are spread over isolates. Each isolate gathers frames of its own, so every
 * listener's are read; and the senders go by their answers, which come whether or not another isolate has heard yet.
 */
import type { RoomId } from "../../lib/protocol/ids.ts";
import { until } from "../support/wait.ts";
import { Audience } from "./audience.ts";
import type { Contestant, Field } from "./contestants.ts";
import { ACK, REFUSAL } from "./dialects.ts";
import type { Measures } from "./figures.ts";
import { FIRST_NUMBER, Moments, Outgoing, SendFrame } from "./frames.ts";
import { Marker } from "./marker.ts";
import { watchUsage } from "./usage.ts";
import { Waits } from "./waits.ts";

/** Sends that each sender has on their way. */
const PIPELINE = 8;
const WARM_UP = 1_000;

/** @throws Error when a listener did not get every message once */
export async function benchSpread(
  field: Field,
  chat: Contestant,
  roomId: RoomId,
  plan: { listeners: number; rounds: number; round: number },
  measures: Measures,
): Promise<void> {
  const audience = await Audience.gather(chat, roomId, plan.listeners);
  for (let round = 0; round < plan.rounds; round++) await spreadRound(field, audience, plan.round, measures);
  audience.leave();
}

async function spreadRound(
  field: Field,
  audience: Audience,
  duration: number,
  measures: Measures,
): Promise<void> {
  await audience.quiet();
  const traffic = new Talk(audience);
  await rest(WARM_UP);
  traffic.waits.clear();
  const [seen, usage] = [traffic.total(), watchUsage(audience.chat.pid, field)];
  await rest(duration);
  const [deliveries, used, p99] = [traffic.total() - seen, usage(), traffic.waits.percentile(0.99)];
  await traffic.finish();
  const load = `${audience.listeners.length} listeners`;
  const note = (figure: string, unit: string, value: number) =>
    measures.note({ section: "deliveries", load, who: audience.chat.who, figure, unit }, value);
  note("per second", "/s", deliveries / used.elapsed * 1000);
  note("cpu", "µs", used.server * 1000 / deliveries);
  note("p99", "ms", p99);
  note("generator", "%", used.generator / used.elapsed * 100);
}

class Talk {
  /** Milliseconds from send to seen. */
  readonly waits = new Waits();
  readonly #seen: number[];
  readonly #frame: SendFrame;
  readonly #outgoing = new Outgoing();
  #sent = 0;
  #stopping = false;

  constructor(private readonly audience: Audience) {
    const { chat, roomId, senders, listeners } = audience;
    this.#frame = new SendFrame(chat.dialect.send, roomId, crypto.randomUUID().slice(0, 8));
    this.#seen = listeners.map(() => 0);
    for (const [index, wire] of listeners.entries()) {
      const moments = new Moments();
      wire.received = (payload) => {
        const now = performance.now();
        this.#seen[index]! += moments.read(payload, (sentAt) => this.waits.note(now - sentAt));
      };
    }
    for (const sender of senders) {
      const acks = new Marker(ACK);
      sender.received = (payload) => {
        if (payload.includes(REFUSAL)) throw new Error(`refused: ${payload}`);
        const answered = acks.count(payload);
        if (!this.#stopping) this.#send(sender, answered);
      };
      this.#send(sender, PIPELINE);
    }
  }

  /** Deliveries so far. */
  total(): number {
    return this.#seen.reduce((sum, count) => sum + count, 0);
  }

  async finish(): Promise<void> {
    this.#stopping = true;
    const { senders, listeners } = this.audience;
    await until(
      "all messages at all listeners",
      () => this.#seen.every((count) => count === this.#sent) || null,
    );
    for (const wire of [...senders, ...listeners]) wire.received = null;
  }

  #send(wire: Audience["senders"][number], count: number): void {
    const now = performance.now();
    for (let left = count; left > 0; left--) {
      this.#outgoing.add(this.#frame, FIRST_NUMBER + this.#sent++, now);
    }
    this.#outgoing.sendOver(wire);
  }
}

function rest(duration: number): Promise<void> {
  return new Promise((done) => setTimeout(done, duration));
}
