/**
 * A page of history out of ten million messages beside one out of ten thousand: the newest page, one from the middle, one
 * from the beginning, of a room that holds two in five of all messages and of rooms that share the rest; by the query
 * and by the endpoint. `deno run -A tests/bench/history.ts [--quick] [--keep]`.
 */
import { pageBefore } from "../../db/queries/messages.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { HISTORY_PAGE } from "../../lib/protocol/limits.ts";
import { alone, type Effort } from "./alone.ts";
import { type Measure, Measures, median } from "./figures.ts";
import { HEAD_SHARES, seedHistory, SHARED_ROOMS } from "./history_seed.ts";
import { type Bearer, makeGuests } from "./people.ts";
import { type Stand, startServer } from "./server.ts";

type Place = "newest" | "middle" | "oldest";
const PLACES: Place[] = ["newest", "middle", "oldest"];
const PAGES = 100;

interface Archive {
  stand: Stand;
  total: number;
  /** The big one first, then those that share the rest. */
  rooms: RoomId[];
  reader: Bearer;
}

export async function benchHistory({ quick }: Effort): Promise<Measure[]> {
  const totals = quick ? [10_000, 100_000] : [10_000, 10_000_000];
  const rounds = quick ? 2 : 7;
  const archives: Archive[] = [];
  try {
    for (const total of totals) archives.push(await open(total));
    await round(archives, -1, new Measures()); // Warms both up.
    const measures = new Measures();
    for (let turn = 0; turn < rounds; turn++) await round(archives, turn, measures);
    return measures.all;
  } finally {
    for (const { stand } of archives) await stand.stop();
  }
}

async function open(total: number): Promise<Archive> {
  const stand = await startServer({ prepare: (sql) => seedHistory(sql, total) });
  const [reader] = await makeGuests(stand.sql, stand.accessTokenSecret, 1);
  const rows = await stand.sql<{ id: RoomId }[]>`
    select id from rooms where language like 'en-x-past%' order by length(language), language`;
  return { stand, total, rooms: rows.map(({ id }) => id), reader: reader! };
}

/** Page by page in turn, and each first half of the time: whatever else the machine does falls on all alike. */
async function round(archives: Archive[], turn: number, measures: Measures): Promise<void> {
  for (const where of ["one room", "many rooms"] as const) {
    for (const place of PLACES) {
      const waits = archives.map(() => ({ query: [] as number[], endpoint: [] as number[] }));
      for (let index = 0; index < PAGES; index++) {
        const order = index % 2 ? [...archives.keys()] : [...archives.keys()].reverse();
        for (const which of order) {
          const archive = archives[which]!;
          const { roomId, before } = askFor(archive, where, place, (turn + 1) * PAGES + index);
          waits[which]!.query.push(await timed(() => ask(archive, roomId, before)));
          waits[which]!.endpoint.push(await timed(() => get(archive, roomId, before)));
        }
      }
      for (const [which, { query, endpoint }] of waits.entries()) {
        const load = `${archives[which]!.total.toLocaleString("en")} messages`;
        const of = { section: "history", load, who: "parley", unit: "ms" } as const;
        measures.note({ ...of, figure: `${place} page, ${where}, query` }, median(query));
        measures.note({ ...of, figure: `${place} page, ${where}, endpoint` }, median(endpoint));
      }
    }
  }
}

/** Always another room and another page of it, where there are several. */
function askFor({ rooms, total }: Archive, where: "one room" | "many rooms", place: Place, turn: number) {
  const index = where === "one room" ? 0 : 1 + turn % SHARED_ROOMS;
  const head = HEAD_SHARES[where] * total;
  // Golden-ratio steps: evenly over the middle, and never the same place twice.
  const spread = (turn * 0.618034) % 1;
  const before = {
    newest: undefined,
    middle: Math.max(HISTORY_PAGE + 1, Math.floor(head * (0.3 + 0.4 * spread))),
    oldest: HISTORY_PAGE + 1,
  }[place];
  return { roomId: rooms[index]!, before };
}

/** Milliseconds. @throws Error when it is not a full page */
async function timed(page: () => Promise<number>): Promise<number> {
  const began = performance.now();
  const messages = await page();
  const took = performance.now() - began;
  if (messages !== HISTORY_PAGE) throw new Error(`a page of ${messages} messages`);
  return took;
}

async function ask({ stand }: Archive, roomId: RoomId, before?: number): Promise<number> {
  const page = { reader: null, before, limit: HISTORY_PAGE };
  return (await pageBefore(stand.sql, roomId, page)).messages.length;
}

async function get({ stand, reader }: Archive, roomId: RoomId, before?: number): Promise<number> {
  const query = before === undefined ? "" : `?cursor=${before}`;
  const answer = await fetch(`${stand.origin}/api/chatroom/rooms/${roomId}/messages${query}`, {
    headers: { authorization: `Bearer ${reader.accessToken}` },
  });
  return (await answer.json()).data.messages.length;
}

if (import.meta.main) await alone(benchHistory);
