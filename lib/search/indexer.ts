import type { Queryable, Sql } from "../../db/client.ts";
import {
  anyChanges,
  countWords,
  findSearchable,
  type Indexed,
  isSaid,
  lockIndex,
  markIndexed,
  type MessageName,
  notIndexed,
  type RoomBehind,
  roomsBehind,
  type Searchable,
  segmentsAround,
  takeChanges,
  tidyIndex,
  writeIndexed,
  writeSegments,
} from "../../db/queries/search_index.ts";
import type { Logger } from "../log.ts";
import type { RoomId } from "../protocol/ids.ts";
import { type Document, documentOf, learnStems, vectorOf } from "./document.ts";
import { Segments } from "./segments.ts";
import { Stems } from "./stems.ts";

/** Milliseconds between looks for what is new. Meanwhile it is found without the index. */
const LOOK_EVERY = 1_000;
/** Messages of one transaction: few enough that others of this isolate hardly wait while they are taken apart. */
const BATCH = 500;
const CHANGES = 500;
/** Messages that wait in the index to be sorted in: some more make each cheaper, many more make searches slower. */
const UNTIDY = 1_000;
/** Messages that are put in order of time at once, when much is to be made good. */
const LOOK_AHEAD = 50_000;

/** Milliseconds by which a timer is late when the isolate has its hands full. */
const LATE = 4;
/** Of one batch, so that a server that is always busy indexes too, if slowly. */
const RESTS_MAX = 20;

export interface Indexer {
  /** Takes nothing more and waits for the batch in hand. */
  stop(): Promise<void>;
}

/** Keeps the index up with what is said, beside any number of other indexers: one at a time writes. */
export function startIndexer({ sql, log }: { sql: Sql; log: Logger }): Indexer {
  const stems = new Stems(sql);
  let stopped = false;
  let untidy = 0;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    const rested = everyOther();
    const seen = await indexAll(sql, stems, async () => {
      await rested();
      return !stopped;
    });
    untidy += seen;
    if (untidy < UNTIDY && (seen > 0 || untidy === 0)) return;
    await tidyIndex(sql);
    untidy = 0;
  }
  function look(): Promise<void> {
    return running ??= run()
      .catch((error) => log.error({ error: String(error) }, "messages cannot be indexed"))
      .finally(() => running = undefined);
  }
  const timer = setInterval(() => void look(), LOOK_EVERY);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/**
 * Rests for as long as was worked since it last returned, and again while timers come late: those who write come first when
 * there is much to do. What is not indexed yet is found all the same.
 */
function everyOther(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    const worked = performance.now() - began;
    for (let rest = 0, late = LATE; rest < RESTS_MAX && late >= LATE; rest++) {
      const due = performance.now() + worked;
      await new Promise((done) => setTimeout(done, worked));
      late = performance.now() - due;
    }
    began = performance.now();
  };
}

/**
 * Indexes what is not indexed, and what changed, for as long as there is something.
 * @param goOn asked between batches
 * @returns how many messages it looked at
 */
export async function indexAll(
  sql: Sql,
  stems: Stems,
  goOn: () => boolean | Promise<boolean> = () => true,
): Promise<number> {
  let seen = 0;
  for (;;) {
    const behind = await roomsBehind(sql);
    if (behind.length === 0 && !await anyChanges(sql)) return seen;
    const names = behind.length > 0 ? await notIndexed(sql, behind, LOOK_AHEAD) : [];
    const all = names.length < LOOK_AHEAD;
    for (let from = 0; from < names.length || from === 0; from += BATCH) {
      const heads = all && from + BATCH >= names.length ? behind : [];
      const size = await goOn() ? await indexBatch(sql, stems, names.slice(from, from + BATCH), heads) : null;
      if (size === null) return seen;
      seen += size;
    }
    if (all) return seen;
  }
}

/**
 * One transaction.
 * @param heads rooms of which nothing is left then
 * @returns how many messages it looked at; `null` when another indexer is at it
 */
async function indexBatch(
  sql: Sql,
  stems: Stems,
  names: MessageName[],
  heads: RoomBehind[],
): Promise<number | null> {
  return await sql.begin(async (sql) => {
    if (!await lockIndex(sql)) return null;
    const changes = await takeChanges(sql, CHANGES);
    const changed = (await findSearchable(sql, changes, "passed")).filter(isSaid);
    const fresh = await findSearchable(sql, names, "ahead");
    await write(sql, stems, changed, fresh.filter(isSaid));
    await markIndexed(sql, indexedUpTo(fresh, heads));
    return changed.length + fresh.length;
  });
}

async function write(
  sql: Queryable,
  stems: Stems,
  changed: Searchable[],
  fresh: Searchable[],
): Promise<void> {
  const messages = [...changed, ...fresh];
  if (messages.length === 0) return;
  const documents = messages.map(documentOf);
  await learnStems(stems, documents);
  const times = changed.map(({ at }) => at);
  const segments = new Segments(await segmentsAround(sql, { times, since: fresh[0]?.at ?? null }));
  const indexed: Indexed[] = documents.map((document) => ({
    ...document.message,
    words: vectorOf(document, stems, segments.place(document.message.at)),
  }));
  await writeIndexed(sql, indexed);
  await countWords(sql, usesIn(documents));
  await writeSegments(sql, segments.changed());
}

/** Word → in how many documents. Characters are too many, and nobody begins one. */
function usesIn(documents: readonly Document[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { words } of documents) {
    const texts = new Set(words.filter(({ kind }) => kind === "word").map(({ text }) => text));
    for (const text of texts) uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  return uses;
}

/** Later entries of a room's log may be no messages. */
function indexedUpTo(fresh: Searchable[], heads: RoomBehind[]): Map<RoomId, number> {
  const last = new Map<RoomId, number>();
  for (const { roomId, seq } of fresh) last.set(roomId, Math.max(seq, last.get(roomId) ?? 0));
  for (const { roomId, headSeq } of heads) last.set(roomId, headSeq);
  return last;
}
