/**
 * What a send costs in a room of one member, and in a room of 10,000 of whom nobody else is there.
 * `deno run -A tests/bench/members.ts [--quick] [--keep]`.
 */
import type { Sql } from "../../db/client.ts";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { before } from "../support/wait.ts";
import { alone, type Effort } from "./alone.ts";
import { BODY, frameOf } from "./crowd.ts";
import { type Measure, Measures, median } from "./figures.ts";
import { enter, makeMembers, sessionsFor } from "./people.ts";
import { processorTime } from "./processes.ts";
import { type Stand, startServer } from "./server.ts";
import type { Wire } from "./wire.ts";

/** Sends on their way, where processor time is told; its ticks are too coarse for few. */
const PIPELINE = 20;
const WARM_UP = 500;

interface Room {
  load: string;
  roomId: RoomId;
}

export async function benchMembers({ quick }: Effort): Promise<Measure[]> {
  const plan = quick ? { members: 1_000, rounds: 1, sends: 1_000, inTurn: 50 } : {
    ...{ members: 10_000, rounds: 7, sends: 10_000, inTurn: 300 },
  };
  const stand = await startServer();
  try {
    const { sql } = stand;
    const [author] = await makeMembers(sql, "author", 1);
    const others = await makeMembers(sql, "member", plan.members - 1);
    const many = `${plan.members.toLocaleString("en")} members`;
    const rooms = [
      { load: "1 member", roomId: await makeRoom(sql, [author!]) },
      { load: `${many}, away`, roomId: await makeRoom(sql, [author!, ...others]) },
    ];
    const [bearer] = await sessionsFor(sql, stand.accessTokenSecret, [author!]);
    const wire = await enter(stand.port, bearer!);
    const measures = new Measures();
    for (const { roomId } of rooms) await send(wire, roomId, WARM_UP, PIPELINE);
    for (let round = 0; round < plan.rounds; round++) {
      for (const room of round % 2 ? rooms : rooms.toReversed()) {
        await measure(stand, wire, room, plan, measures);
      }
    }
    wire.close();
    return measures.all;
  } finally {
    await stand.stop();
  }
}

async function makeRoom(sql: Sql, members: UserId[]): Promise<RoomId> {
  const [{ id }] = await sql<[{ id: RoomId }]>`
    insert into rooms (kind, slug, name, visibility)
    values ('slug', ${`room-of-${members.length}`}, ${`Room of ${members.length}`}, 'public') returning id`;
  await sql`insert into memberships (room_id, user_id) select ${id}, unnest(${members}::bigint[])`;
  await sql`analyze memberships`;
  return id;
}

async function measure(
  stand: Stand,
  wire: Wire,
  { load, roomId }: Room,
  { sends, inTurn }: { sends: number; inTurn: number },
  measures: Measures,
): Promise<void> {
  const waits = await send(wire, roomId, inTurn, 1);
  const [server, postgres] = [processorTime(stand.pid), stand.postgresTime()];
  await send(wire, roomId, sends, PIPELINE);
  const used = [processorTime(stand.pid) - server, stand.postgresTime() - postgres];
  const note = (figure: string, unit: string, value: number) =>
    measures.note({ section: "members", load, who: "parley", figure, unit }, value);
  note("send to answer", "ms", median(waits));
  note("cpu", "µs", used[0]! * 1000 / sends);
  note("postgres cpu", "µs", used[1]! * 1000 / sends);
}

/** @returns milliseconds from each send to its answer */
async function send(wire: Wire, roomId: RoomId, count: number, pipeline: number): Promise<number[]> {
  const done = Promise.withResolvers<void>();
  const sentAt = new Map<string, number>();
  const waits: number[] = [];
  let sent = 0;
  const sendOne = () => {
    if (sent === count) return;
    sent++;
    const clientId = crypto.randomUUID();
    sentAt.set(clientId, performance.now());
    wire.send([frameOf({ type: "send_message", clientId, roomId, body: BODY })]);
  };
  wire.received = (payload) => {
    for (const event of JSON.parse(payload.toString()) as ServerEvent[]) {
      if (event.type === "error") return done.reject(new Error(event.message));
      if (event.type !== "ack" || !event.clientId) continue;
      waits.push(performance.now() - sentAt.get(event.clientId)!);
      if (waits.length === count) done.resolve();
      sendOne();
    }
  };
  for (let index = 0; index < pipeline; index++) sendOne();
  await before(done.promise, "all answers", 120_000);
  wire.received = null;
  return waits;
}

if (import.meta.main) await alone(benchMembers);
