/**
 * Persisted sends per second: many sockets, each with several sends on their way, counted by their answers. A closed loop:
 * an answer brings the next send, so that nobody is asked for more than they can do. Every room has one listener.
 */
import { until } from "../support/wait.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { type Contestant, enter, type Field } from "./contestants.ts";
import { ACK, MESSAGE, REFUSAL } from "./dialects.ts";
import type { Measures } from "./figures.ts";
import { FIRST_NUMBER, Outgoing, SendFrame } from "./frames.ts";
import { Marker } from "./marker.ts";
import { watchUsage } from "./usage.ts";
import { Waits } from "./waits.ts";
import type { Wire } from "./wire.ts";

const SENDERS = 50;
const WARM_UP = 400;
const SECTION = "sends";

export interface SendPlan {
  rooms: number[];
  rounds: number;
  /** Milliseconds. */
  round: number;
}

/**
 * A round of each contestant, then of the bare driver, which inserts batches of the size that Parley's writer reached just
 * before into a table with the same columns and indexes; and again.
 *
 * @throws Error when an acknowledged message is not in the database, or did not reach its room's listener.
 */
export async function benchSends(field: Field, plan: SendPlan, measures: Measures): Promise<void> {
  for (const count of plan.rooms) {
    const rooms = field.rooms.slice(0, count);
    const load = count === 1 ? "1 room" : `${count} rooms`;
    await using meeting = new AsyncDisposableStack();
    const crowds: Crowd[] = [];
    for (const chat of field.chats) {
      const crowd = await gather(chat, rooms);
      meeting.defer(() => leave(crowd));
      crowds.push(crowd);
    }
    for (let round = 0; round < plan.rounds; round++) {
      for (const crowd of crowds) await sendRound(field, crowd, plan.round, load, measures);
      await bareRound(field, count, plan.round, load, measures);
    }
  }
}

interface Crowd {
  chat: Contestant;
  rooms: RoomId[];
  senders: Wire[];
  listeners: Wire[];
}

async function gather(chat: Contestant, rooms: RoomId[]): Promise<Crowd> {
  const senders = await Promise.all(Array.from({ length: SENDERS }, (_, person) => chat.dial(person)));
  const listeners = await Promise.all(rooms.map((_, index) => chat.dial(index)));
  for (const [index, sender] of senders.entries()) {
    for (const roomId of roomsOf(index, rooms)) {
      // Parley looks at the right with every send; to listen costs it, and would here be a second listener.
      if (chat.who !== "parley") await enter(chat, sender, roomId, { listen: false });
    }
  }
  for (const [index, listener] of listeners.entries()) {
    await enter(chat, listener, rooms[index]!, { listen: true });
  }
  return { chat, rooms, senders, listeners };
}

function leave({ senders, listeners }: Crowd): void {
  for (const wire of [...senders, ...listeners]) wire.close();
}

/** The rooms that a sender sends to, in turn. */
function roomsOf(sender: number, rooms: RoomId[]): RoomId[] {
  const own = rooms.filter((_, index) => index % SENDERS === sender);
  return own.length > 0 ? own : [rooms[sender % rooms.length]!];
}

async function sendRound(
  field: Field,
  crowd: Crowd,
  duration: number,
  load: string,
  measures: Measures,
): Promise<void> {
  const { who, pid } = crowd.chat;
  const sending = new Sending(crowd);
  sending.begin();
  await rest(WARM_UP);
  sending.waits.clear();
  const [acked, usage] = [sending.acked, watchUsage(pid, field)];
  await rest(duration);
  const [sends, used, p99] = [sending.acked - acked, usage(), sending.waits.percentile(0.99)];
  await sending.finish();
  const batch = await checkKept(field, crowd, sending);
  const note = (figure: string, unit: string, value: number) =>
    measures.note({ section: SECTION, load, who, figure, unit }, value);
  note("per second", "/s", sends / used.elapsed * 1000);
  note("cpu", "µs", used.server * 1000 / sends);
  note("postgres cpu", "µs", used.postgres * 1000 / sends);
  if (who === "socket.io") note("redis cpu", "µs", used.redis * 1000 / sends);
  note("p99", "ms", p99);
  note("batch", "", batch);
  note("generator", "%", used.generator / used.elapsed * 100);
}

async function bareRound(
  field: Field,
  rooms: number,
  duration: number,
  load: string,
  measures: Measures,
): Promise<void> {
  const { insert } = field;
  const parley = measures.all.find((measure) =>
    measure.section === SECTION && measure.load === load && measure.who === "parley" &&
    measure.figure === "batch"
  );
  const batch = Math.max(1, Math.round(parley?.rounds.at(-1) ?? 1));
  const usage = watchUsage(insert.pid, field);
  const rowsPerSecond = await insert.run({ batch, rooms, ms: duration });
  const used = usage();
  const rows = rowsPerSecond * used.elapsed / 1000;
  const note = (figure: string, unit: string, value: number) =>
    measures.note({ section: SECTION, load, who: "bare", figure, unit }, value);
  note("per second", "/s", rowsPerSecond);
  note("cpu", "µs", used.server * 1000 / rows);
  note("postgres cpu", "µs", used.postgres * 1000 / rows);
  note("batch", "", batch);
}

/** @returns messages in one transaction, on average */
async function checkKept(
  { sql }: Field,
  { chat, rooms, listeners }: Crowd,
  sending: Sending,
): Promise<number> {
  const [kept] = await sql<[{ messages: number; batches: number }]>`
    select count(*)::int as messages, count(distinct created_at)::int as batches
    from ${sql(chat.table!)} where room_id = any (${rooms}::bigint[]) and client_id like ${
    sending.run + "%"
  }`;
  const { acked } = sending;
  if (kept.messages !== acked) {
    throw new Error(`${chat.who}: ${acked} sends were acknowledged, ${kept.messages} are kept`);
  }
  await until(`${chat.who}: all messages at the listeners`, () => sending.heard === acked || null);
  for (const wire of listeners) wire.received = null;
  return kept.messages / kept.batches;
}

/** Sends, each of which is followed by another once it is answered. */
class Sending {
  acked = 0;
  /** Messages that reached the listeners. */
  heard = 0;
  /** Milliseconds from send to answer. */
  readonly waits = new Waits();
  readonly run = crypto.randomUUID().slice(0, 8);
  #sent = 0;
  #stopping = false;
  readonly #outgoing = new Outgoing();

  constructor(private readonly crowd: Crowd) {
    for (const listener of crowd.listeners) {
      const marker = new Marker(MESSAGE);
      listener.received = (payload) => void (this.heard += marker.count(payload));
    }
  }

  begin(): void {
    const { chat, senders, rooms } = this.crowd;
    senders.forEach((wire, index) => {
      const frames = roomsOf(index, rooms).map((roomId) =>
        new SendFrame(chat.dialect.send, roomId, this.run)
      );
      const [acks, sentAt] = [new Marker(ACK), new Queue(chat.pipeline)];
      const send = (count: number, now: number) => {
        for (let left = count; left > 0; left--) {
          this.#outgoing.add(frames[this.#sent % frames.length]!, FIRST_NUMBER + this.#sent++, now);
          sentAt.push(now);
        }
        this.#outgoing.sendOver(wire);
      };
      wire.received = (payload) => {
        const count = acks.count(payload);
        if (count === 0 && payload.includes(REFUSAL)) throw new Error(`${chat.who} refuses: ${payload}`);
        const now = performance.now();
        // Answers to one socket come in about the order of its sends.
        for (let left = count; left > 0; left--) this.waits.note(now - sentAt.shift());
        this.acked += count;
        if (!this.#stopping) send(count, now);
      };
      send(chat.pipeline, performance.now());
    });
  }

  /** Resolves when the last send is answered. */
  async finish(): Promise<void> {
    this.#stopping = true;
    await until(`${this.crowd.chat.who}: the last answers`, () => this.acked === this.#sent || null);
    for (const wire of this.crowd.senders) wire.received = null;
  }
}

/** First in, first out; never holds more than it was made for. */
class Queue {
  readonly #values: Float64Array;
  #first = 0;
  #next = 0;

  constructor(size: number) {
    this.#values = new Float64Array(size);
  }

  push(value: number): void {
    this.#values[this.#next++ % this.#values.length] = value;
  }

  shift(): number {
    return this.#values[this.#first++ % this.#values.length]!;
  }
}

function rest(duration: number): Promise<void> {
  return new Promise((done) => setTimeout(done, duration));
}
