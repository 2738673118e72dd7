/**
 * Thousands of people whose sockets were lost and who missed messages come back all at once: a ticket, a socket,
 * `join_room` with the last seq they saw. `deno run -A tests/bench/reconnect.ts [--quick] [--keep]`.
 */
import type { ServerEvent } from "../../lib/protocol/events.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { before } from "../support/wait.ts";
import { alone, type Effort } from "./alone.ts";
import { BODY, frameOf, join } from "./crowd.ts";
import { type Measure, percentile } from "./figures.ts";
import { type Bearer, each, enter, makeGuests, makeRooms } from "./people.ts";
import { processorTime } from "./processes.ts";
import { type Stand, startServer } from "./server.ts";
import type { Wire } from "./wire.ts";

const PEOPLE_A_ROOM = 100;
const MISSED = 20;
/** Milliseconds; past that something is stuck. */
const PATIENCE = 180_000;
const DIALS_AT_ONCE = 50;

interface Person extends Bearer {
  roomId: RoomId;
  /** The last seq they saw. */
  seq: number;
  wire: Wire;
}

interface Return {
  /** Seconds from the first request until the last has what they missed. */
  last: number;
  p50: number;
  /** Milliseconds of processor time a person. */
  server: number;
  postgres: number;
  /** Share of one core that this process, which plays them all, had. */
  generator: number;
}

export async function benchReconnect({ quick }: Effort): Promise<Measure[]> {
  const people = quick ? 5_000 : 5_000;
  const rounds = quick ? 1 : 3;
  const measures: Measure[] = [];
  for (const isolates of [1, 2]) {
    const load = `${people.toLocaleString("en")} people, ${isolates} isolate${isolates > 1 ? "s" : ""}`;
    const returns = await comeBack(isolates, people, rounds);
    const measure = (figure: keyof Return, name: string, unit: string): Measure => ({
      ...{ section: "reconnect", load, who: "parley", figure: name, unit },
      rounds: returns.map((one) => one[figure]),
    });
    measures.push(
      measure("last", "last caught up", "s"),
      measure("p50", "half caught up", "s"),
      measure("server", "cpu a person", "ms"),
      measure("postgres", "postgres cpu a person", "ms"),
      measure("generator", "generator busy", "of a core"),
    );
  }
  return measures;
}

/** One isolate keeps to one core; more of them, and everything else, run on all cores. */
async function comeBack(isolates: number, count: number, rounds: number): Promise<Return[]> {
  const stand = await startServer({ isolates, pinned: isolates === 1 });
  try {
    const rooms = await makeRooms(stand.sql, Math.ceil(count / PEOPLE_A_ROOM));
    const bearers = await makeGuests(stand.sql, stand.accessTokenSecret, count + 1);
    const [author, ...others] = bearers;
    const people: Person[] = [];
    await each(others, DIALS_AT_ONCE, async (bearer, index) => {
      const roomId = rooms[index % rooms.length]!;
      const wire = await enter(stand.port, bearer);
      await join(wire, roomId);
      people.push({ ...bearer, roomId, seq: 0, wire });
    });
    const returns: Return[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const { wire } of people) wire.close();
      const head = await say(stand, author!, rooms);
      returns.push(await storm(stand, people, head));
    }
    for (const { wire } of people) wire.close();
    return returns;
  } finally {
    await stand.stop();
  }
}

/** What they will have missed. @returns the head of all rooms */
async function say(stand: Stand, author: Bearer, rooms: RoomId[]): Promise<number> {
  const wire = await enter(stand.port, author);
  let last = 0;
  for (let message = 0; message < MISSED; message++) {
    const acks = Promise.withResolvers<void>();
    let due = rooms.length;
    wire.received = (payload) => {
      for (const event of JSON.parse(payload.toString()) as ServerEvent[]) {
        if (event.type === "error") acks.reject(new Error(event.message));
        if (event.type !== "ack") continue;
        last = event.seq!;
        if (--due === 0) acks.resolve();
      }
    };
    wire.send(
      rooms.map((roomId) =>
        frameOf({ type: "send_message", clientId: crypto.randomUUID(), roomId, body: BODY })
      ),
    );
    await before(acks.promise, "all acks");
  }
  wire.close();
  return last;
}

async function storm(stand: Stand, people: Person[], head: number): Promise<Return> {
  const now = () => [processorTime(stand.pid), stand.postgresTime(), processorTime(Deno.pid)] as const;
  const [server, postgres, own] = now();
  const began = performance.now();
  const waits = await before(
    Promise.all(people.map(async (person) => {
      person.wire = await enter(stand.port, person);
      await resume(person, head);
      return (performance.now() - began) / 1000;
    })),
    "everybody's return",
    PATIENCE,
  );
  const elapsed = performance.now() - began;
  const after = now();
  return {
    last: Math.max(...waits),
    p50: percentile(waits, 0.5),
    server: (after[0] - server) / people.length,
    postgres: (after[1] - postgres) / people.length,
    generator: (after[2] - own) / elapsed,
  };
}

/** @throws Error unless they get exactly what they missed, in order, and then word that they are up to date. */
async function resume(person: Person, head: number): Promise<void> {
  const { wire, roomId } = person;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  wire.received = (payload) => {
    for (const event of JSON.parse(payload.toString()) as ServerEvent[]) {
      if (event.type === "error") reject(new Error(`${event.code}: ${event.message}`));
      if (event.type === "new_message" && event.seq !== ++person.seq) {
        reject(new Error(`got ${event.seq} where ${person.seq} was due`));
      }
      if (event.type !== "room_joined") continue;
      if (!event.resumed || event.headSeq !== head || person.seq !== head) {
        reject(new Error(`was told of ${person.seq} of ${head}`));
      }
      resolve();
    }
  };
  wire.send([frameOf({ type: "join_room", id: "resume", roomId, afterSeq: person.seq })]);
  await promise;
}

if (import.meta.main) await alone(benchReconnect);
