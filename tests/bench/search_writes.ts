/** What an index of words costs those who write: batches of messages a second, with and without it. */
import type { Sql } from "../../db/client.ts";
import { appendMessages, type Draft } from "../../db/queries/append.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { indexAll, startIndexer } from "../../lib/search/indexer.ts";
import { Stems } from "../../lib/search/stems.ts";
import { createLog } from "../../lib/log.ts";
import { median, percentile } from "./figures.ts";
import { tidyIndex } from "../../db/queries/search_index.ts";

const BATCHES = [1, 100] as const;
const ROUNDS = 5;
/** Milliseconds. */
const ROUND = 1_000;
/** A busy evening: so many messages every so many milliseconds, for so long. */
export const EVENING = { size: 50, every: 100, lasting: 15_000 };

interface Way {
  what: string;
  before?: (sql: Sql) => Promise<unknown>;
  /** Runs beside the writers until it is told to stop. */
  beside?: (sql: Sql) => { stop(): Promise<void> };
  after?: (sql: Sql) => Promise<unknown>;
}

const OURS: Way[] = [
  { what: "no index of words" },
  {
    what: "our index, written behind",
    beside: (sql) => startIndexer({ sql, log: createLog(false, "error") }),
  },
];

/** As simple as they could be: one language, no filters. */
const OTHERS: Way[] = [
  {
    what: "GIN over to_tsvector(body) of messages",
    before: (sql) => sql`create index bench_words on messages using gin (to_tsvector('english', body))`,
    after: (sql) => sql`drop index bench_words`,
  },
  {
    what: "a stored tsvector in messages, and GIN over it",
    async before(sql) {
      await sql`alter table messages add column bench_words tsvector
        generated always as (to_tsvector('english', body)) stored`;
      await sql`create index bench_words on messages using gin (bench_words)`;
    },
    after: (sql) => sql`alter table messages drop column bench_words`,
  },
];

/** What one way came to: messages a second by size of batch, and the milliseconds of each batch that came at a pace. */
interface Figures {
  rates: number[][];
  times: number[];
}

export async function measureWrites(sql: Sql, compare: boolean): Promise<void> {
  const next = await drafts(sql);
  const { size, every } = EVENING;
  console.log(
    "\nOne writer (append_messages): messages kept a second at full speed, and how long a batch takes when",
  );
  console.log(`${size / every * 1000} messages a second are sent, ${size} a batch; by turns`);
  const columns = [...BATCHES.map((size) => `batches of ${size}`), "median ms", "p99 ms"];
  console.log(`  ${"".padEnd(46)}${columns.map((name) => name.padStart(19)).join("")}`);
  const ours = await measure(sql, OURS, next);
  for (const [index, { what }] of OURS.entries()) show(what, ours[index]!, ours[0]!);
  for (const way of compare ? OTHERS : []) {
    await way.before?.(sql);
    const [figures] = await measure(sql, [way], next);
    await way.after?.(sql);
    show(way.what, figures!, ours[0]!);
  }
}

function show(what: string, figures: Figures, first: Figures): void {
  const [own, others] = [valuesOf(figures), valuesOf(first)];
  const texts = own.map((value, column) => {
    const text = column < BATCHES.length ? Math.round(value).toLocaleString("en") : value.toFixed(1);
    return `${text} (${Math.round(value / others[column]! * 100)} %)`.padStart(19);
  });
  console.log(`  ${what.padEnd(46)}${texts.join("")}`);
}

function valuesOf({ rates, times }: Figures): number[] {
  return [...rates.map(median), median(times), percentile(times, 0.99)];
}

/** By turns, for whatever else the machine does is then done to all alike. */
async function measure(sql: Sql, ways: Way[], next: () => Draft): Promise<Figures[]> {
  const all = ways.map((): Figures => ({ rates: BATCHES.map(() => []), times: [] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, way] of ways.entries()) await measureRound(sql, way, next, all[index]!);
  }
  return all;
}

async function measureRound(
  sql: Sql,
  { beside }: Way,
  next: () => Draft,
  { rates, times }: Figures,
): Promise<void> {
  const batch = (size: number) => appendMessages(sql, Array.from({ length: size }, next));
  await catchUp(sql);
  const running = beside?.(sql);
  times.push(...await atPace(() => batch(EVENING.size), EVENING.lasting / ROUNDS));
  for (const [index, size] of BATCHES.entries()) {
    rates[index]!.push(await atFullSpeed(() => batch(size), size));
  }
  await running?.stop();
}

/** Nobody has to index what those before left behind. */
async function catchUp(sql: Sql): Promise<void> {
  await indexAll(sql, new Stems(sql));
  await tidyIndex(sql);
  await sql`vacuum analyze message_search, search_lexicon`;
  await sql`checkpoint`;
}

/** Messages like those that are there, by the asker, in ten lounges. */
export async function drafts(sql: Sql): Promise<(body?: string) => Draft> {
  const said = await sql<{ body: string }[]>`select body from messages order by room_id, seq limit 20000`;
  const rooms = await sql<{ id: RoomId }[]>`
    select id from rooms where kind = 'language' order by id limit 10`;
  const [author] = await sql<{ id: UserId }[]>`select id from users where username = 'asker'`;
  let count = 0;
  return (body) => ({
    roomId: rooms[count % rooms.length]!.id,
    authorId: author!.id,
    clientId: crypto.randomUUID(),
    kind: "TEXT",
    body: body ?? said[count++ % said.length]!.body,
  });
}

/** Milliseconds that each batch took. */
export async function atPace(send: () => Promise<unknown>, lasting = EVENING.lasting): Promise<number[]> {
  const times: number[] = [];
  const began = performance.now();
  for (let due = began; due < began + lasting; due += EVENING.every) {
    await rest(Math.max(0, due - performance.now()));
    const sent = performance.now();
    await send();
    times.push(performance.now() - sent);
  }
  return times;
}

/** Messages a second. */
async function atFullSpeed(send: () => Promise<unknown>, size: number): Promise<number> {
  const began = performance.now();
  let sent = 0;
  for (; performance.now() - began < ROUND; sent += size) await send();
  return sent / (performance.now() - began) * 1000;
}

function rest(duration: number): Promise<void> {
  return new Promise((done) => setTimeout(done, duration));
}
