import { expect } from "expect";
import type { SearchSort } from "../../lib/protocol/forms/search.ts";
import { member } from "../support/member.ts";
import { type Node, parleyForFile } from "../support/node.ts";
import { dataOf, refusal, Visitor } from "../support/visitor.ts";
import { slugRoom } from "../rooms/slug.ts";
import { ask, index, say, search, type Someone, withoutIndexer } from "./support.ts";

const parley = parleyForFile();

/** All pages, one after another. */
async function pages(node: Node, who: Someone, q: string, sort: SearchSort): Promise<string[][]> {
  const all: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await search(node, who, q, { sort, ...(cursor && { cursor }) });
    all.push(page.results.map(({ snippet }) => snippet.map(({ text }) => text).join("")));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

Deno.test("pages follow each other without a gap or a repetition, in either order, half indexed or wholly", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  const bodies = Array.from({ length: 73 }, (_, n) => `pageful ${n} ${"word ".repeat(n % 7)}`.trim());
  await say(node, ann, id, bodies.slice(0, 40));
  await index(database.sql);
  const check = async () => {
    for (const sort of ["new", "best"] as const) {
      const all = await pages(node, ann, `pageful in:${id}`, sort);
      expect(all.map((page) => page.length)).toEqual([20, 20, 20, 13]);
      expect(new Set(all.flat())).toEqual(new Set(bodies));
    }
    expect((await pages(node, ann, `pageful in:${id}`, "new")).flat()).toEqual(bodies.toReversed());
  };
  {
    await using _ = await withoutIndexer(database.sql);
    await say(node, ann, id, bodies.slice(40));
    await check();
  }
  await index(database.sql);
  await check();
});

Deno.test("a page goes on where the one before it ended when messages come in and are indexed in between", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  await say(node, ann, id, Array.from({ length: 30 }, (_, n) => `moving ${n}`));
  const first = await search(node, ann, `moving in:${id}`);
  await say(node, ann, id, ["moving late"]);
  await index(database.sql);
  const second = await search(node, ann, `moving in:${id}`, { cursor: first.nextCursor! });
  const all = [...first.results, ...second.results].map(({ seq }) => seq);
  expect(all).toEqual(all.toSorted((a, b) => b - a));
  expect(new Set(all).size).toBe(30);
  expect(second.nextCursor).toBeNull();
});

Deno.test("results are counted with the first page, and up to 200", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  await say(node, ann, id, Array.from({ length: 150 }, (_, n) => `countless ${n}`));
  expect((await search(node, ann, `countless in:${id}`)).count).toEqual({ found: 150, more: false });
  await index(database.sql);
  await say(node, ann, id, Array.from({ length: 51 }, (_, n) => `countless ${n}`));
  const page = await search(node, ann, `countless in:${id}`);
  expect(page.count).toEqual({ found: 200, more: true });
  expect((await search(node, ann, `countless in:${id}`, { cursor: page.nextCursor! })).count).toBeUndefined();
  expect((await search(node, ann, `countles in:${id} notthere`)).count).toEqual({ found: 0, more: false });
});

Deno.test("a cursor that no page gave is refused, and so is one of the other order", async () => {
  const { node } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  await say(node, ann, id, Array.from({ length: 25 }, (_, n) => `cursory ${n}`));
  const { nextCursor } = await search(node, ann, `cursory in:${id}`);
  for (
    const cursor of [
      "x",
      "1",
      "1-2",
      "1-2-3-4",
      `${"9".repeat(30)}-1-1`,
      "1-1-1~1~NaN",
      "'; drop table rooms",
    ]
  ) {
    await refusal(await ask(node, ann, "cursory", { cursor }), 400, "VALIDATION_FAILED");
  }
  await refusal(
    await ask(node, ann, "cursory", { cursor: nextCursor!, sort: "best" }),
    400,
    "VALIDATION_FAILED",
  );
  await refusal(await ask(node, ann, "cursory", { sort: "oldest" as "new" }), 400, "VALIDATION_FAILED");
});

Deno.test("thirty searches a minute are answered, the next says how long to wait", async () => {
  const node = await parley().join({ env: { LIMITS_FACTOR: "1" } });
  const ann = await member(node);
  const headers = { authorization: `Bearer ${ann.accessToken}` };
  for (let turn = 0; turn < 30; turn++) {
    await dataOf(await new Visitor(node).fetch("/api/search?q=tea", { headers }));
  }
  const error = await refusal(
    await new Visitor(node).fetch("/api/search?q=tea", { headers }),
    429,
    "RATE_LIMIT_EXCEEDED",
  );
  expect(error.retryAfter).toBeGreaterThan(0);
});
