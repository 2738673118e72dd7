/**
 * Room pages rendered a second, with their newest messages, compressed as browsers ask for them: for a guest who is
 * signed in and for a visitor who is not. `deno run -A tests/bench/room_pages.ts [--quick] [--keep]`.
 */
import type { RoomId } from "../../lib/protocol/ids.ts";
import { HISTORY_PAGE } from "../../lib/protocol/limits.ts";
import { COOKIE } from "../support/visitor.ts";
import { alone, type Effort } from "./alone.ts";
import { type Measure, Measures, percentile } from "./figures.ts";
import { makeGuests, saySomething } from "./people.ts";
import { processorTime } from "./processes.ts";
import { type Stand, startServer } from "./server.ts";

/** Pages that are asked for at the same time. */
const AT_ONCE = 8;
const WARM_UP = 2_000;

export async function benchRoomPages({ quick }: Effort): Promise<Measure[]> {
  const [rounds, duration] = quick ? [1, 2_000] : [5, 5_000];
  // Production's rooms begin silent; so does this one, and is then given what is to be seen.
  const stand = await startServer();
  try {
    const [{ id }] = await stand.sql<[{ id: RoomId }]>`
      select r.id from rooms r join lounges l on l.id = r.lounge_id where l.slug = 'general' and r.language = 'en'`;
    await stand.sql`delete from messages where room_id = ${id}`;
    const [guest] = await makeGuests(stand.sql, stand.accessTokenSecret, 1);
    await saySomething(stand.sql, id, 2 * HISTORY_PAGE);
    const visitors: { load: string; headers: Record<string, string> }[] = [
      { load: "a guest", headers: { cookie: `${COOKIE.access}=${guest!.accessToken}` } },
      { load: "signed out", headers: {} },
    ];
    const measures = new Measures();
    for (const { headers } of visitors) await ask(stand, headers, WARM_UP);
    for (let round = 0; round < rounds; round++) {
      for (const { load, headers } of visitors) await measure(stand, load, headers, duration, measures);
    }
    return measures.all;
  } finally {
    await stand.stop();
  }
}

async function measure(
  stand: Stand,
  load: string,
  headers: Record<string, string>,
  duration: number,
  measures: Measures,
): Promise<void> {
  const [server, postgres, began] = [processorTime(stand.pid), stand.postgresTime(), performance.now()];
  const waits = await ask(stand, headers, duration);
  const elapsed = performance.now() - began;
  const note = (figure: string, unit: string, value: number) =>
    measures.note({ section: "pages", load, who: "parley", figure, unit }, value);
  note("per second", "/s", waits.length / elapsed * 1000);
  note("cpu", "ms", (processorTime(stand.pid) - server) / waits.length);
  note("postgres cpu", "ms", (stand.postgresTime() - postgres) / waits.length);
  note("p99", "ms", percentile(waits, 0.99));
}

/** @returns milliseconds that each page took @throws Error when one is not the room with its messages */
async function ask(
  { origin }: Stand,
  headers: Record<string, string>,
  duration: number,
): Promise<number[]> {
  const waits: number[] = [];
  const end = performance.now() + duration;
  const reader = async () => {
    while (performance.now() < end) {
      const began = performance.now();
      const answer = await fetch(`${origin}/lounges/general/en`, { headers, redirect: "manual" });
      const html = await answer.text();
      waits.push(performance.now() - began);
      if (answer.status !== 200 || !html.includes("some eighty letters")) {
        throw new Error(`no room page: ${answer.status}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return waits;
}

if (import.meta.main) await alone(benchRoomPages);
