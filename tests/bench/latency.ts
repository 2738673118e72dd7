/** From send to seen between two guests, on one isolate and on two. */
import type { ServerEvent } from "../../lib/protocol/events.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { type Guest, guest } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { dialAs, frameOf, join, nextEvent } from "./crowd.ts";
import { type Measure, own, percentile } from "./figures.ts";
import type { Wire } from "./wire.ts";

const DIALS = 200;
/** Milliseconds between two messages, at most: some meet a quiet room, some a busy one. */
const PAUSE = 12;

interface Client {
  who: Guest;
  wire: Wire;
  isolate: string;
}

/** @param port of a server that runs as two isolates */
export async function benchLatency(port: number, rooms: RoomId[], messages: number): Promise<Measure[]> {
  const ann = await client(port, "Ann");
  const bob = await client(port, "Bob", (isolate) => isolate !== ann.isolate);
  const cid = await client(port, "Cid", (isolate) => isolate === ann.isolate);
  const between = [["two isolates", ann, bob], ["one isolate", ann, cid]] as const;
  const measures: Measure[] = [];
  for (const [index, [where, one, other]] of between.entries()) {
    const roomId = rooms[index]!;
    const presence = [await timeJoin(one, other, roomId), await timeLeave(one, other, roomId)];
    await Promise.all([join(one.wire, roomId), join(other.wire, roomId)]);
    const typing = [await timeTyping(one, other, roomId), await timeTyping(other, one, roomId)];
    const waits = await timeMessages(one.wire, other.wire, roomId, messages);
    measures.push(
      own("latency", where, "message p50", "ms", percentile(waits, 0.5)),
      own("latency", where, "message p99", "ms", percentile(waits, 0.99)),
      own("latency", where, "typing", "ms", ...typing),
      own("latency", where, "presence", "ms", ...presence),
    );
  }
  for (const { wire } of [ann, bob, cid]) wire.close();
  return measures;
}

/** Opens sockets until one lies on an isolate that fits: a TCP connection stays with the isolate that took it. */
async function client(
  port: number,
  name: string,
  fits: (isolate: string) => boolean = () => true,
): Promise<Client> {
  const who = await guest({ origin: `http://127.0.0.1:${port}` }, { name });
  for (let attempt = 0; attempt < DIALS; attempt++) {
    let isolate = "";
    const wire = await dialAs(port, who, async (connection) => {
      const answer = await connection.ask("/health");
      isolate = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))).isolate;
    });
    if (fits(isolate)) return { who, wire, isolate };
    wire.close();
  }
  throw new Error(`none of ${DIALS} connections came to another isolate`);
}

async function timeJoin(one: Client, other: Client, roomId: RoomId): Promise<number> {
  await join(one.wire, roomId);
  return await time(
    one,
    (event) => event.type === "user_joined" && event.user.id === other.who.user.id,
    () => {
      other.wire.send([frameOf({ type: "join_room", roomId })]);
    },
  );
}

async function timeLeave(one: Client, other: Client, roomId: RoomId): Promise<number> {
  return await time(one, (event) => event.type === "user_left" && event.userId === other.who.user.id, () => {
    other.wire.send([frameOf({ type: "leave_room", roomId })]);
  });
}

async function timeTyping(one: Client, other: Client, roomId: RoomId): Promise<number> {
  const told = await time(
    other,
    (event) => event.type === "typing" && event.on && event.user.id === one.who.user.id,
    () => {
      one.wire.send([frameOf({ type: "typing", roomId, on: true })]);
    },
  );
  one.wire.send([frameOf({ type: "typing", roomId, on: false })]);
  return told;
}

/** Milliseconds from `act` until `sees` has an event that fits. */
async function time(sees: Client, fits: (event: ServerEvent) => boolean, act: () => void): Promise<number> {
  const seen = nextEvent(sees.wire, fits);
  const began = performance.now();
  act();
  await seen;
  return performance.now() - began;
}

/** Each message is sent whether or not the one before has been seen, as people do. */
async function timeMessages(from: Wire, to: Wire, roomId: RoomId, count: number): Promise<number[]> {
  const sentAt = new Map<string, number>();
  const waits: number[] = [];
  to.received = (payload) => {
    const now = performance.now();
    for (const event of JSON.parse(payload.toString()) as ServerEvent[]) {
      if (event.type !== "new_message") continue;
      waits.push(now - sentAt.get(event.message.clientId)!);
    }
  };
  for (let index = 0; index < count; index++) {
    const clientId = crypto.randomUUID();
    sentAt.set(clientId, performance.now());
    from.send([frameOf({ type: "send_message", clientId, roomId, body: `Message ${index}` })]);
    await new Promise((done) => setTimeout(done, Math.random() * PAUSE));
  }
  await until("all messages", () => waits.length === count || null);
  return waits;
}
