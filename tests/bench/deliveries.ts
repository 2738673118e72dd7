/** Deliveries per second: messages that reach the listeners of one room, as fast as a wait of 100 ms allows. */
import type { RoomId } from "../../lib/protocol/ids.ts";
import { until } from "../support/wait.ts";
import { frameOf, join, type Target } from "./crowd.ts";
import { median, ms, percentile, perSecond, type Section } from "./figures.ts";
import { processorTime } from "./processes.ts";
import { countOf, type Wire } from "./wire.ts";

const SENDERS = 8;
/** Messages on their way from one sender; the server hangs up on a socket with more than 256 frames unread. */
const PIPELINE_MAX = 128;
/** Milliseconds of messages on their way: well below the 100 ms that 99 of 100 may take. */
const ON_THEIR_WAY = 50;
/** Milliseconds after which that is reckoned anew. */
const STEP = 150;
const SETTLE = 6 * STEP;
const STAMP = '"body":"t';
const FILLER = " and then as much as people say to each other in a room, some eighty letters.";

export interface DeliveryPlan {
  listeners: number[];
  rounds: number;
  /** Milliseconds. */
  round: number;
}

interface Round {
  deliveriesPerSecond: number;
  /** Milliseconds from send to seen, of the first event of every frame. */
  p99: number;
  /** Microseconds of the server's processor time. */
  cpuPerDelivery: number;
  /** Share of its core that the load generator used: near 1 it is what was measured, not the server. */
  generator: number;
}

/** Alternates rounds of the product and of a bare broadcast, under the same load. Each size has a room of its own. */
export async function benchDeliveries(
  product: Target,
  bare: Target,
  rooms: RoomId[],
  plan: DeliveryPlan,
): Promise<Section> {
  const rows: Section["rows"] = [];
  const raw: Record<number, { product: Round[]; bare: Round[] }> = {};
  for (const [index, listeners] of plan.listeners.entries()) {
    const rooms_ = [product, bare].map((target) => gather(target, rooms[index]!, listeners));
    const [ours, theirs] = await Promise.all(rooms_) as [Audience, Audience];
    const rounds = raw[listeners] = { product: [] as Round[], bare: [] as Round[] };
    for (let round = 0; round < plan.rounds; round++) {
      rounds.product.push(await deliveryRound(product, ours, plan.round));
      rounds.bare.push(await deliveryRound(bare, theirs, plan.round));
    }
    ours.leave();
    theirs.leave();
    rows.push(rowOf(listeners, rounds));
  }
  return {
    title: `Deliveries in a room with ${SENDERS} senders; bare: a Deno WebSocket broadcast`,
    rows,
    raw,
  };
}

function rowOf(listeners: number, { product, bare }: { product: Round[]; bare: Round[] }) {
  const of = (rounds: Round[], figure: keyof Round) => median(rounds.map((round) => round[figure]));
  const cpu = [product, bare].map((rounds) => of(rounds, "cpuPerDelivery").toFixed(2));
  const busy = [product, bare].map((rounds) => Math.round(of(rounds, "generator") * 100));
  return {
    what: `${listeners} listeners`,
    parley: perSecond(of(product, "deliveriesPerSecond")),
    bare: perSecond(of(bare, "deliveriesPerSecond")),
    ratio: of(product, "deliveriesPerSecond") / of(bare, "deliveriesPerSecond"),
    note: `generator busy ${busy.join(" / ")} %, p99 ${ms(of(product, "p99"))} / ${
      ms(of(bare, "p99"))
    }, CPU ${cpu.join(" / ")} µs a delivery`,
  };
}

interface Audience {
  roomId: RoomId;
  senders: Wire[];
  listeners: Wire[];
  leave(): void;
}

async function gather(target: Target, roomId: RoomId, count: number): Promise<Audience> {
  const senders = await Promise.all(Array.from({ length: SENDERS }, (_, person) => target.dial(person)));
  const listeners: Wire[] = [];
  while (listeners.length < count) {
    const more = Math.min(20, count - listeners.length);
    const wires = await Promise.all(
      Array.from({ length: more }, (_, index) => target.dial(listeners.length + index)),
    );
    await Promise.all(wires.map((wire) => join(wire, roomId)));
    listeners.push(...wires);
  }
  return {
    roomId,
    senders,
    listeners,
    leave: () => [...senders, ...listeners].forEach((wire) => wire.close()),
  };
}

/** Keeps so many messages on their way as are seen in {@link ON_THEIR_WAY} ms, which it finds out as it goes. */
async function deliveryRound(target: Target, audience: Audience, duration: number): Promise<Round> {
  const traffic = new Traffic(audience);
  await traffic.during(SETTLE);
  traffic.waits = [];
  const [cpu, own] = [processorTime(target.pid), processorTime(Deno.pid)];
  const { seen, elapsed } = await traffic.during(duration);
  const cpuPerDelivery = (processorTime(target.pid) - cpu) * 1000 / seen;
  const generator = (processorTime(Deno.pid) - own) / elapsed;
  const p99 = percentile(traffic.waits, 0.99);
  await traffic.finish();
  return { deliveriesPerSecond: seen / elapsed * 1000, p99, cpuPerDelivery, generator };
}

class Traffic {
  #window = 16;
  /** Milliseconds from send to seen. */
  waits: number[] = [];
  #sent = 0;
  #seen = 0;
  #stopping = false;
  readonly #run = crypto.randomUUID().slice(0, 8);

  constructor(private readonly audience: Audience) {
    let last = 0;
    audience.listeners.forEach((wire, index) => {
      wire.received = (payload) => {
        const events = countOf('"type":"new_message"', payload);
        if (events === 0) return;
        this.#seen += events;
        const at = payload.indexOf(STAMP) + STAMP.length;
        this.waits.push(performance.now() - Number(payload.toString("latin1", at, payload.indexOf(" ", at))));
        // The server's last in the row: for it the wait is longest.
        if (index === audience.listeners.length - 1) this.#fill(last += events);
      };
    });
    this.#fill(0);
  }

  /** Lets it run, with a window that follows the speed. */
  async during(time: number): Promise<{ seen: number; elapsed: number }> {
    const [seen, began] = [this.#seen, performance.now()];
    for (let [before, at] = [seen, began]; at - began < time;) {
      await new Promise((done) => setTimeout(done, STEP));
      const now = performance.now();
      const aMillisecond = (this.#seen - before) / this.audience.listeners.length / (now - at);
      this.#window = Math.max(2, Math.min(SENDERS * PIPELINE_MAX, Math.round(aMillisecond * ON_THEIR_WAY)));
      [before, at] = [this.#seen, now];
    }
    return { seen: this.#seen - seen, elapsed: performance.now() - began };
  }

  /** @throws Error when a listener did not get everything. */
  async finish(): Promise<void> {
    this.#stopping = true;
    const due = () => this.#sent * this.audience.listeners.length;
    await until("all messages at all listeners", () => this.#seen === due() || null);
  }

  /** Sends until {@link #window} messages are on their way to the last listener. */
  #fill(seen: number): void {
    if (this.#stopping) return;
    const { senders, roomId } = this.audience;
    const texts: string[][] = senders.map(() => []);
    for (; this.#sent - seen < this.#window; this.#sent++) {
      const clientId = `${this.#run}-${this.#sent.toString().padStart(27, "0")}`;
      const body = `t${performance.now().toFixed(2)}${FILLER}`;
      texts[this.#sent % senders.length]!.push(frameOf({ type: "send_message", clientId, roomId, body }));
    }
    senders.forEach((wire, index) => wire.send(texts[index]!));
  }
}
