/**
 * Deliveries per second: messages that reach the listeners of one room, as fast as a wait of 100 ms allows.
 *
 * A closed loop: so many messages are on their way, and when one has reached the last listener the next is sent. How many
 * follows from how long they are on their way: more when half of them are there sooner than is wanted, fewer when they are
 * not. A round in which 99 of 100 waits are not within 100 ms does not count and is done again, with less time wanted. A
 * server that stalls makes every message on its way wait, so a stall cannot hide, as it can where one request follows
 * another.
 */
import type { Field } from "./contestants.ts";
import { Audience, Reception } from "./audience.ts";
import type { Measures } from "./figures.ts";
import { FIRST_NUMBER, Outgoing, SendFrame } from "./frames.ts";
import { type Usage, watchUsage } from "./usage.ts";
import { Waits } from "./waits.ts";

const SECTION = "deliveries";
/** Messages on their way from one sender; Parley hangs up on a socket with more than 256 frames unread. */
const PIPELINE_MAX = 128;
/** Milliseconds that 99 of 100 waits may take. */
const WAIT_MAX = 100;
/** Milliseconds that half of the messages are made to take, at first; that much less when a round did not hold. */
const WANTED = 50;
const LESS = 0.8;
/** Milliseconds after which the window is reckoned anew, and by how much it may grow or shrink then. */
const STEP = 150;
const GROW = 1.3;
const SHRINK = 0.7;
const FIRST_WINDOW = 256;
/** A smaller one would not grow, as it is rounded. */
const WINDOW_MIN = 4;
/** Milliseconds before a round that is noted: longer the first time, when the window is not known yet. */
const SETTLE = 4 * STEP;
const FIRST_SETTLE = 12 * STEP;
/** Rounds of one contestant that may fail before it is given up. How many did stands among its figures. */
const FAILURES_MAX = 8;

export interface DeliveryPlan {
  listeners: number[];
  rounds: number;
  /** Milliseconds. */
  round: number;
}

/** Each contestant in turn, under the same load; and again. Each size has a room of its own. */
export async function benchDeliveries(field: Field, plan: DeliveryPlan, measures: Measures): Promise<void> {
  for (const [index, count] of plan.listeners.entries()) {
    // Not the rooms of the sends: their people may not have left yet.
    const roomId = field.rooms.at(-1 - index)!;
    await using audiences = new AsyncDisposableStack();
    const runs: Run[] = [];
    for (const chat of [...field.chats, field.broadcast]) {
      const audience = await Audience.gather(chat, roomId, count);
      audiences.defer(() => audience.leave());
      runs.push({ audience, wanted: WANTED, window: 0, failures: 0 });
    }
    for (let round = 0; round < plan.rounds; round++) {
      for (const run of runs) await holdingRound(field, run, plan.round, measures);
    }
    for (const { audience: { chat }, failures } of runs) {
      measures.note({
        section: SECTION,
        load: loadOf(count),
        who: chat.who,
        figure: "rounds done again",
        unit: "",
      }, failures);
    }
  }
}

function loadOf(listeners: number): string {
  return `${listeners} listeners`;
}

interface Run {
  audience: Audience;
  /** Milliseconds. */
  wanted: number;
  /** Messages on their way when the last round ended; 0 before the first. */
  window: number;
  failures: number;
}

interface Round {
  deliveries: number;
  p99: number;
  used: Usage;
}

/** Repeats a round until its waits hold, and notes that one. */
async function holdingRound(field: Field, run: Run, duration: number, measures: Measures): Promise<void> {
  const { chat, listeners } = run.audience;
  while (run.failures < FAILURES_MAX) {
    const { deliveries, p99, used } = await deliveryRound(field, run, duration);
    if (p99 > WAIT_MAX) {
      run.failures++;
      run.wanted *= LESS;
      continue;
    }
    const load = loadOf(listeners.length);
    const note = (figure: string, unit: string, value: number) =>
      measures.note({ section: SECTION, load, who: chat.who, figure, unit }, value);
    note("per second", "/s", deliveries / used.elapsed * 1000);
    note("cpu", "µs", used.server * 1000 / deliveries);
    note("postgres cpu", "µs", used.postgres * 1000 / deliveries);
    note("p99", "ms", p99);
    note("generator", "%", used.generator / used.elapsed * 100);
    return;
  }
}

async function deliveryRound(field: Field, run: Run, duration: number): Promise<Round> {
  await run.audience.quiet();
  const traffic = new Traffic(run.audience, run.wanted, run.window || FIRST_WINDOW);
  traffic.begin();
  await traffic.during(run.window ? SETTLE : FIRST_SETTLE);
  traffic.waits.clear();
  const usage = watchUsage(run.audience.chat.pid, field);
  const deliveries = await traffic.during(duration);
  const used = usage();
  const p99 = traffic.waits.percentile(0.99);
  run.window = traffic.window;
  await traffic.finish();
  return { deliveries, p99, used };
}

class Traffic {
  /** Milliseconds from send to seen. */
  readonly waits = new Waits();
  readonly #latest = new Waits();
  #sent = 0;
  /** Whose turn it is to send. */
  #turn = 0;
  #stopping = false;
  readonly #frame: SendFrame;
  readonly #outgoing = new Outgoing();
  readonly #reception: Reception;

  /**
   * @param wanted milliseconds that half of the messages are made to take
   * @param window messages on their way
   */
  constructor(private readonly audience: Audience, private readonly wanted: number, public window: number) {
    const { chat, roomId } = audience;
    this.#frame = new SendFrame(chat.dialect.send, roomId, crypto.randomUUID().slice(0, 8));
    const note = (wait: number) => {
      this.waits.note(wait);
      this.#latest.note(wait);
    };
    this.#reception = new Reception(audience, note, () => this.#fill());
  }

  begin(): void {
    this.#fill();
  }

  /** Lets it run, with a window that follows the speed. @returns deliveries to all listeners */
  async during(time: number): Promise<number> {
    const reception = this.#reception;
    const [began, bytes] = [performance.now(), this.audience.bytes];
    const [read, bytesRead] = [reception.read, reception.bytesRead];
    while (performance.now() - began < time) {
      await new Promise((done) => setTimeout(done, STEP));
      this.#adjust();
    }
    // All listeners are sent the same bytes, which is held against them in the end.
    const aMessage = (reception.bytesRead - bytesRead) / (reception.read - read);
    return (this.audience.bytes - bytes) / aMessage;
  }

  #adjust(): void {
    const wait = this.#latest.percentile(0.5);
    this.#latest.clear();
    const change = Number.isNaN(wait) ? SHRINK : Math.max(SHRINK, Math.min(GROW, this.wanted / wait));
    const most = this.audience.senders.length * PIPELINE_MAX;
    this.window = Math.max(WINDOW_MIN, Math.min(most, Math.round(this.window * change)));
  }

  /** @throws Error when a listener did not get everything. */
  async finish(): Promise<void> {
    this.#stopping = true;
    await this.#reception.complete(this.#sent);
  }

  /** Sends until {@link window} messages are on their way to the last listener. */
  #fill(): void {
    if (this.#stopping) return;
    const { senders } = this.audience;
    const due = this.window - (this.#sent - this.#reception.last);
    if (due <= 0) return;
    const now = performance.now();
    const each = Math.ceil(due / senders.length);
    for (let left = due; left > 0; left -= each) {
      for (let some = Math.min(each, left); some > 0; some--) {
        this.#outgoing.add(this.#frame, FIRST_NUMBER + this.#sent++, now);
      }
      this.#outgoing.sendOver(senders[this.#turn++ % senders.length]!);
    }
  }
}
