/** Persisted sends per second: many guests' sockets, each with several sends on their way, counted by their acks. */
import type { Buffer } from "node:buffer";
import type { Sql } from "../../db/client.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { until } from "../support/wait.ts";
import type { BareInsert } from "./bare.ts";
import { BODY, frameOf, join, roomsOf, type Target } from "./crowd.ts";
import { median, perSecond, type Section } from "./figures.ts";
import { processorTime } from "./processes.ts";
import { countOf, type Wire } from "./wire.ts";

const SENDERS = 50;
/** Sends that each sender has on their way. */
const PIPELINE = 40;
const WARM_UP = 400;

export interface SendPlan {
  rooms: number[];
  rounds: number;
  /** Milliseconds. */
  round: number;
}

interface Round {
  rooms: number;
  sendsPerSecond: number;
  /** Microseconds of the server's processor time. */
  cpuPerSend: number;
  /** Messages in one transaction, on average. */
  batch: number;
  barePerSecond: number;
}

/**
 * Alternates rounds of the product with rounds of the bare driver, which inserts batches of the size that the product's
 * writer reached just before, into a table with the same columns and indexes. Every room has one listener.
 *
 * @throws Error when an acknowledged message is not in the database, or did not reach its room's listener.
 */
export async function benchSends(
  target: Target,
  sql: Sql,
  bare: BareInsert,
  plan: SendPlan,
): Promise<Section> {
  const senders = await Promise.all(Array.from({ length: SENDERS }, (_, person) => target.dial(person)));
  const rounds: Round[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    for (const count of plan.rooms) {
      const rooms = await roomsOf(target, count);
      const measured = await sendRound(target, sql, senders, rooms, plan.round);
      const batch = Math.max(1, Math.round(measured.batch));
      rounds.push({
        ...measured,
        rooms: count,
        barePerSecond: await bare.run({ batch, rooms: count, ms: plan.round }),
      });
    }
  }
  for (const sender of senders) sender.close();
  return {
    title:
      `Sends kept, by ${SENDERS} sockets with ${PIPELINE} on their way each; bare: batched insert by the postgres driver`,
    rows: plan.rooms.map((count) => rowOf(count, rounds.filter(({ rooms }) => rooms === count))),
    raw: rounds,
  };
}

function rowOf(count: number, rounds: Round[]) {
  const [sends, bare] = [
    median(rounds.map((round) => round.sendsPerSecond)),
    median(rounds.map((r) => r.barePerSecond)),
  ];
  const [cpu, batch] = [
    median(rounds.map((round) => round.cpuPerSend)),
    median(rounds.map((round) => round.batch)),
  ];
  return {
    what: `${count} room${count > 1 ? "s" : ""}`,
    parley: perSecond(sends),
    bare: perSecond(bare),
    ratio: sends / bare,
    note: `${cpu.toFixed(1)} µs of CPU a send, ${Math.round(batch)} a batch`,
  };
}

type Measured = Omit<Round, "rooms" | "barePerSecond">;

async function sendRound(
  target: Target,
  sql: Sql,
  senders: Wire[],
  rooms: RoomId[],
  duration: number,
): Promise<Measured> {
  const listening = await Promise.all(rooms.map((roomId, index) => listen(target, roomId, index)));
  const run = crypto.randomUUID().slice(0, 8);
  const sending = startSending(senders, rooms, run);
  await rest(WARM_UP);
  const [acked, time, cpu] = [sending.acked(), performance.now(), processorTime(target.pid)];
  await rest(duration);
  const sends = sending.acked() - acked;
  const cpuPerSend = (processorTime(target.pid) - cpu) * 1000 / sends;
  const sendsPerSecond = sends / (performance.now() - time) * 1000;
  const total = await sending.finish();
  const [kept] = await sql<[{ messages: number; batches: number }]>`
    select count(*)::int as messages, count(distinct created_at)::int as batches
    from messages where room_id = any (${rooms}::bigint[]) and client_id like ${run + "%"}`;
  if (kept.messages !== total) throw new Error(`${total} sends were acknowledged, ${kept.messages} are kept`);
  await until(
    "all messages at the listeners",
    () => sum(listening.map(({ seen }) => seen())) === total || null,
  );
  for (const { wire } of listening) wire.close();
  return { sendsPerSecond, cpuPerSend, batch: kept.messages / kept.batches };
}

function startSending(senders: Wire[], rooms: RoomId[], run: string) {
  let [sent, acked, stopping] = [0, 0, false];
  const send = (wire: Wire, roomId: RoomId, count: number) => {
    const texts = Array.from({ length: count }, () => {
      const clientId = `${run}-${(sent++).toString().padStart(27, "0")}`; // As long as a UUID.
      return frameOf({ type: "send_message", clientId, roomId, body: BODY });
    });
    wire.send(texts);
  };
  senders.forEach((wire, index) => {
    const roomId = rooms[index % rooms.length]!;
    wire.received = (payload: Buffer) => {
      const acks = countOf('"type":"ack"', payload);
      if (payload.includes('"type":"error"')) throw new Error(`refused: ${payload}`);
      acked += acks;
      if (!stopping) send(wire, roomId, acks);
    };
    send(wire, roomId, PIPELINE);
  });
  return {
    acked: () => acked,
    async finish(): Promise<number> {
      stopping = true;
      await until("the last acks", () => acked === sent || null);
      return acked;
    },
  };
}

async function listen(target: Target, roomId: RoomId, person: number) {
  const wire = await target.dial(person);
  await join(wire, roomId);
  let seen = 0;
  wire.received = (payload) => void (seen += countOf('"type":"new_message"', payload));
  return { wire, seen: () => seen };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rest(duration: number): Promise<void> {
  return new Promise((done) => setTimeout(done, duration));
}
