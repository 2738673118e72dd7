/**
 * From asking to be let into a room to the room's page, its people and its newest messages: in rooms of 10, 100 and 1,000
 * people who are there. `deno run -A tests/bench/joins.ts [--quick] [--keep]`.
 */
import type { RoomId } from "../../lib/protocol/ids.ts";
import { HISTORY_PAGE } from "../../lib/protocol/limits.ts";
import { alone, type Effort } from "./alone.ts";
import { frameOf, join } from "./crowd.ts";
import { type Measure, Measures, percentile } from "./figures.ts";
import { type Bearer, each, enter, makeGuests, makeRooms, saySomething } from "./people.ts";
import { type Stand, startServer } from "./server.ts";
import type { Wire } from "./wire.ts";

const DIALS_AT_ONCE = 20;
/** Who come and go, one at a time, while the others stay. */
const NEWCOMERS = 10;
/** Milliseconds between two, at most: some meet a room that is being told of the one before. */
const PAUSE = 50;

export async function benchJoins({ quick }: Effort): Promise<Measure[]> {
  const sizes = quick ? [10, 100] : [10, 100, 1_000];
  const [rounds, joins] = quick ? [1, 50] : [5, 200];
  const stand = await startServer();
  try {
    const rooms = await makeRooms(stand.sql, sizes.length);
    for (const roomId of rooms) await saySomething(stand.sql, roomId, 2 * HISTORY_PAGE);
    const most = Math.max(...sizes) + NEWCOMERS;
    const guests = await makeGuests(stand.sql, stand.accessTokenSecret, most);
    const measures = new Measures();
    for (const [index, size] of sizes.entries()) {
      const [newcomers, people] = [guests.slice(0, NEWCOMERS), guests.slice(NEWCOMERS, NEWCOMERS + size)];
      await joinsOf(stand, rooms[index]!, people, newcomers, (waits) => {
        const of = { section: "join", load: `${size.toLocaleString("en")} people`, who: "parley" } as const;
        measures.note({ ...of, figure: "p50", unit: "ms" }, percentile(waits, 0.5));
        measures.note({ ...of, figure: "p99", unit: "ms" }, percentile(waits, 0.99));
      }, { rounds, joins });
    }
    return measures.all;
  } finally {
    await stand.stop();
  }
}

async function joinsOf(
  { port }: Stand,
  roomId: RoomId,
  people: Bearer[],
  newcomers: Bearer[],
  note: (waits: number[]) => void,
  { rounds, joins }: { rounds: number; joins: number },
): Promise<void> {
  const there: Wire[] = [];
  await each(people, DIALS_AT_ONCE, async (bearer) => {
    const wire = await enter(port, bearer);
    await join(wire, roomId);
    there.push(wire);
  });
  const coming = await Promise.all(newcomers.map((bearer) => enter(port, bearer)));
  for (let round = 0; round < rounds; round++) {
    const waits: number[] = [];
    for (let turn = 0; turn < joins; turn++) {
      const wire = coming[turn % coming.length]!;
      await new Promise((done) => setTimeout(done, Math.random() * PAUSE));
      const began = performance.now();
      await join(wire, roomId);
      waits.push(performance.now() - began);
      wire.send([frameOf({ type: "leave_room", roomId })]);
    }
    note(waits);
  }
  for (const wire of [...there, ...coming]) wire.close();
}

if (import.meta.main) await alone(benchJoins);
