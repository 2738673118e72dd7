/**
 * The same load on 1, 2 and 4 isolates of one process. Nothing is pinned: isolates, Postgres and the load generator share
 * what cores there are, so the processor time of one send or delivery tells more of how it grows than the speed does.
 * `deno run -A tests/bench/isolates.ts [--quick] [--keep]`.
 */
import { bareInsert } from "./bare.ts";
import { alone, type Effort } from "./alone.ts";
import type { Contestant, Field } from "./contestants.ts";
import { parleys } from "./dialects.ts";
import { type Measure, Measures } from "./figures.ts";
import { benchSpread } from "./isolates_deliveries.ts";
import { enter, makeGuests, makeRooms } from "./people.ts";
import { benchSends } from "./sends.ts";
import { type Stand, startServer } from "./server.ts";

const PEOPLE = 100;
const ROOMS = 20;

export async function benchIsolates({ quick }: Effort): Promise<Measure[]> {
  const plan = quick ? { rounds: 1, round: 1_000 } : { rounds: 5, round: 2_000 };
  const all: Measure[] = [];
  for (const isolates of quick ? [1, 2] : [1, 2, 4]) {
    const stand = await startServer({ isolates, pinned: false });
    try {
      const measures = await onField(stand, plan);
      const name = `${isolates} isolate${isolates > 1 ? "s" : ""}`;
      all.push(...measures.map(({ section, load, ...measure }) => ({
        ...{
          section: "isolates",
          load: `${name}, ${section === "sends" ? "sends over" : "a room of"} ${load}`,
        },
        ...measure,
      })));
    } finally {
      await stand.stop();
    }
  }
  return all;
}

async function onField(stand: Stand, plan: { rounds: number; round: number }): Promise<Measure[]> {
  const rooms = await makeRooms(stand.sql, ROOMS);
  const guests = await makeGuests(stand.sql, stand.accessTokenSecret, PEOPLE);
  const parley: Contestant = {
    ...{ who: "parley", pid: stand.pid, dialect: parleys, table: "messages", pipeline: 40 },
    dial: (person) => enter(stand.port, guests[person % guests.length]!),
  };
  const insert = bareInsert(stand.databaseUrl, null);
  const { sql, postgres } = stand;
  const field: Field = {
    cores: null,
    chats: [parley],
    broadcast: parley,
    insert,
    sql,
    postgres,
    redis: postgres,
    rooms,
  };
  const measures = new Measures();
  try {
    await benchSends(field, { rooms: [10], ...plan }, measures);
    await benchSpread(field, parley, rooms.at(-1)!, { listeners: 100, ...plan }, measures);
  } finally {
    await insert.stop();
  }
  return measures.all.filter(({ who }) => who === "parley");
}

if (import.meta.main) await alone(benchIsolates);
