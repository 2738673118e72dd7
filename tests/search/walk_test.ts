/** The walk back through the pieces of the index, against a plain search over all of it. */
import { expect } from "expect";
import type { Sql } from "../../db/client.ts";
import type { Hit, Place } from "../../db/queries/search.ts";
import { writeIndexed, writeSegments } from "../../db/queries/search_index.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { parseSearch } from "../../lib/protocol/search.ts";
import { documentOf, learnStems, vectorOf } from "../../lib/search/document.ts";
import { endOf, placeBefore } from "../../lib/search/place.ts";
import { type Question, questionFor } from "../../lib/search/question.ts";
import { Segments } from "../../lib/search/segments.ts";
import { Stems } from "../../lib/search/stems.ts";
import { walkBack } from "../../lib/search/walk.ts";
import { makePeople, makeRooms } from "../db/people.ts";
import { testDatabase } from "../support/database.ts";

const COUNT = 700;
/** Of the messages one in so many has the word. */
const EVERY = { often: 2, seldom: 90, once: COUNT };

interface Filling {
  count: number;
  /** Messages of a segment. */
  size: number;
  wordsOf: (n: number) => string[];
}

/** Small segments, so that all sizes of blocks are walked. */
const SOME: Filling = {
  ...{ count: COUNT, size: 2 },
  wordsOf: (n) => Object.entries(EVERY).filter(([, every]) => n % every === every - 1).map(([word]) => word),
};

/** Times go back and forth at the segments' edges. */
async function fill(
  sql: Sql,
  roomId: RoomId,
  authorId: UserId,
  { count, size, wordsOf }: Filling,
): Promise<void> {
  const stems = new Stems(sql);
  const documents = Array.from({ length: count }, (_, n) => {
    const at = String(1_700_000_000_000_000n + BigInt(n * 1000 + (n % 5 === 0 ? -2500 : 0)));
    return documentOf({
      ...{
        roomId,
        seq: n + 1,
        at,
        authorId,
        body: `each ${wordsOf(n).join(" ")}`,
        files: [],
        mentions: false,
      },
      ...{ editedAt: null, language: null, open: true },
    });
  });
  await learnStems(stems, documents);
  const segments = new Map<number, { id: number; size: number; firstAt: string; lastAt: string }>();
  const rows = documents.map((document, n) => {
    const [id, { at }] = [Math.floor(n / size), document.message];
    const segment = segments.get(id) ?? { id, size: 0, firstAt: at, lastAt: at };
    if (at < segment.firstAt) segment.firstAt = at;
    if (at > segment.lastAt) segment.lastAt = at;
    segments.set(id, { ...segment, size: segment.size + 1 });
    return { ...document.message, words: vectorOf(document, stems, id) };
  });
  await writeIndexed(sql, rows);
  await writeSegments(sql, [...segments.values()]);
}

async function question(sql: Sql, q: string, roomId: RoomId, asker: UserId): Promise<Question> {
  const rooms = [{ id: roomId, language: null, open: true }];
  return (await questionFor(sql, parseSearch(q), { id: asker, rooms, blocked: [] })).question!;
}

/** Walks until everything is looked through, `limit` hits a walk. */
async function walkAll(sql: Sql, asked: Question, limit: number, patience: number): Promise<Hit[]> {
  const all: Hit[] = [];
  let after: Place | null = null;
  for (;;) {
    const { hits, back } = await walkBack(sql, asked, {
      since: null,
      until: after ? endOf(after) : "2000000000000000",
      after,
      limit,
      ranked: false,
      deadline: performance.now() + patience,
    });
    all.push(...hits);
    if (back === null) return all;
    after = hits.length === limit ? hits.at(-1)! : placeBefore(back);
  }
}

Deno.test("all that fits is found, each once and the newest first, however often it is and however far a walk goes", async (test) => {
  await using database = await testDatabase();
  const { sql } = database;
  const [[roomId], [author]] = [await makeRooms(sql, 1), await makePeople(sql, "ann")];
  await fill(sql, roomId!, author!, SOME);
  for (const word of ["each", ...Object.keys(EVERY), "never"]) {
    const asked = await question(sql, word, roomId!, author!);
    const plain = await sql<{ seq: string }[]>`
      select seq from message_search where words @@ ${`'${word}'`}::tsquery order by at desc, seq desc`;
    for (const [limit, patience] of [[7, 10_000], [1000, 10_000], [1000, 0], [7, 0]] as const) {
      await test.step(`${word}, ${limit} a walk, ${patience} ms`, async () => {
        const hits = await walkAll(sql, asked, limit, patience);
        expect(hits.map(({ seq }) => seq)).toEqual(plain.map(({ seq }) => Number(seq)));
      });
    }
  }
});

for (const planner of ["has never counted", "has counted the words"]) {
  Deno.test(`a word that was common once is found after a long silence when the planner ${planner}`, async () => {
    await using database = await testDatabase();
    const { sql } = database;
    const [[roomId], [author]] = [await makeRooms(sql, 1), await makePeople(sql, "ann")];
    // Silence for more than the smaller blocks hold, then more of the word than a larger step takes.
    const [count, said] = [5_000, 4_000];
    await fill(sql, roomId!, author!, { count, size: 12, wordsOf: (n) => n < said ? ["once"] : [] });
    if (planner === "has counted the words") await sql`analyze message_search`;
    const asked = await question(sql, "once", roomId!, author!);
    const hits = await walkAll(sql, asked, 201, 10_000);
    expect(hits.map(({ seq }) => seq).toSorted((a, b) => b - a)).toEqual(
      Array.from({ length: said }, (_, n) => said - n),
    );
    const times = hits.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
  });
}

Deno.test("a walk that has no time stops where it is and says how far it came", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [[roomId], [author]] = [await makeRooms(sql, 1), await makePeople(sql, "ann")];
  await fill(sql, roomId!, author!, SOME);
  const asked = await question(sql, "never", roomId!, author!);
  const range = { since: null, until: "2000000000000000", after: null, limit: 10, ranked: false };
  const stopped = await walkBack(sql, asked, { ...range, deadline: 0 });
  expect(stopped.hits).toEqual([]);
  expect(BigInt(stopped.back!)).toBeGreaterThan(1_700_000_000_000_000n);
  expect(await walkBack(sql, asked, { ...range, deadline: Infinity })).toEqual({ hits: [], back: null });
});

Deno.test("segments are filled in order of time, and what comes late goes where its time is", () => {
  const segments = new Segments([]);
  const places = Array.from({ length: 10_000 }, (_, n) => segments.place(String(1_000_000 + n)));
  expect([places[0], places[4095], places[4096], places.at(-1)]).toEqual([1, 1, 2, 3]);
  expect(segments.place("1000010")).toBe(1);
  expect(segments.place("5")).toBe(1);
  expect(segments.changed().map(({ size }) => size)).toEqual([4098, 4096, 1808]);
  expect(segments.changed()[0]!.firstAt).toBe("5");
});
