import { expect } from "expect";
import fc from "fast-check";
import { SEARCH_MAX_CHARACTERS } from "../../lib/protocol/search.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { refusal } from "../support/visitor.ts";
import { slugRoom } from "../rooms/slug.ts";
import { ask, bothWays, found, say, search } from "./support.ts";

const parley = parleyForFile();

/** Signs that mean something to tsquery, tsvector, SQL, regular expressions or LIKE. */
const HOSTILE = [
  "'&|!:*()<->",
  "tea & coffee",
  "tea | !coffee",
  "tea:*ABCD",
  "tea <-> coffee",
  "'tea' 'coffee'",
  "tea\\' or 1=1 --",
  "'; drop table messages; --",
  "$1 $$ %s {0}",
  "#r1 #o #s1",
  "'#r1' | '#o'",
  "en:tea",
  "tea:1A,2B",
  "%_%",
  "(((((((((",
  "\u0000tea\u0000",
  "\ud800 lone",
  "tea\u202e\u200b",
  ")|(from:me)",
  'in:"\' or true" tea',
  "from:%",
  "has:'link'",
];

Deno.test("signs of the query language beneath mean nothing when people type them", async () => {
  const { node, database } = parley();
  const [ann, eve] = [await member(node), await member(node)];
  const { id } = await slugRoom(node, ann);
  await bothWays(
    database.sql,
    () => say(node, ann, id, ["tea", "coffee", "tea coffee", "#r1 'quoted'"]),
    async () => {
      for (const q of HOSTILE) {
        await search(node, ann, q);
        // Least of all do they open what is closed.
        expect([q, await found(node, eve, q)]).toEqual([q, []]);
      }
      expect(await found(node, ann, "tea | coffee")).toEqual(["tea coffee"]);
      expect(await found(node, ann, "!tea")).toEqual(["tea coffee", "tea"]);
      expect(await found(node, ann, "#r1")).toEqual(["#r1 'quoted'"]);
      expect(await found(node, ann, "'quoted'")).toEqual(["#r1 'quoted'"]);
      expect(await found(node, ann, "en:tea")).toEqual([]);
    },
  );
});

Deno.test("messages of hostile signs are indexed like others, and found by their words", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  const bodies = HOSTILE.map((text, n) => `${text} hostile${n}x`);
  await bothWays(database.sql, () => say(node, ann, id, bodies), async () => {
    for (const n of HOSTILE.keys()) {
      expect([n, (await found(node, ann, `hostile${n}x in:${id}`)).length]).toEqual([n, 1]);
    }
  });
});

Deno.test("a query of 2,000 characters is answered, and a longer one refused, whatever it is made of", async () => {
  const { node } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  await say(node, ann, id, ["needle in a haystack"]);
  const full = (text: string) => text.repeat(SEARCH_MAX_CHARACTERS).slice(0, SEARCH_MAX_CHARACTERS);
  for (
    const text of [
      "a",
      "tea ",
      "-tea ",
      '"tea tea" ',
      "火",
      "from:x ",
      "in:y ",
      "has:link ",
      "'",
      "ab-",
      "🎉",
      "é",
    ]
  ) {
    const response = await ask(node, ann, full(text));
    expect([text, response.status]).toEqual([text, 200]);
    await response.body?.cancel();
  }
  // What stands far behind counts no more, rather than making it fail.
  expect(await found(node, ann, `needle ${full("haystack ")}`.slice(0, SEARCH_MAX_CHARACTERS))).toHaveLength(
    1,
  );
  await refusal(await ask(node, ann, "a".repeat(SEARCH_MAX_CHARACTERS + 1)), 400, "VALIDATION_FAILED");
});

Deno.test("a query is answered when a filter of it holds what cannot be stored", async () => {
  const { node } = parley();
  const ann = await member(node);
  for (const text of ["from:%\0tea", "in:\0", "from:\ud800", "tea\0 from:@\0"]) {
    const response = await ask(node, ann, text);
    expect([text, response.status]).toEqual([text, 200]);
    await response.body?.cancel();
  }
});

Deno.test("any text at all is answered when it is searched for", async () => {
  const { node } = parley();
  const ann = await member(node);
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.constantFrom(...HOSTILE, " ", '"', "-", "from:", "in:", "before:2026-01-01", "has:file"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
      const response = await ask(node, ann, pieces.join(""));
      expect(response.status).toBe(200);
      await response.body?.cancel();
    }),
    { numRuns: 150 },
  );
});
