/**
 * The table of rights, asked of the search: whoever may read a room finds its words, by page and by REST, and nobody else
 * learns anything of them, not even how many there are.
 */
import { expect } from "expect";
import { ERRORS } from "../../lib/protocol/errors.ts";
import type { SearchPage } from "../../lib/protocol/forms/search.ts";
import { makePeople, type People, type Person } from "../rooms/rights/people.ts";
import type { Stage } from "../rooms/rights/rooms.ts";
import { sharedRoom } from "../rooms/rights/shared_rooms.ts";
import { TABLE } from "../rooms/rights/table.ts";
import { ANSWERS, type Case, CASES, type Visitor } from "../rooms/rights/vocabulary.ts";
import { type Node, parleyForFile } from "../support/node.ts";
import { bearerFetch } from "../support/rooms.ts";
import { index } from "./support.ts";

const parley = parleyForFile({ nodes: 2 });
let people: People | undefined;

/** Who has no session of this site has no search: before anybody asks what they may read. */
const DOORS: Partial<Record<Visitor, number>> = { nobody: 401, ghost_in: 403, ghost: 403 };

for (const name of Object.keys(CASES) as Case[]) {
  Deno.test(`words are found by those who may read them, and by nobody else, in ${CASES[name].title.toLowerCase()}`, async () => {
    const { nodes, node } = parley();
    people ??= await makePeople(node);
    const stage = await sharedRoom(nodes, people, name);
    // As it stands, which is partly new and partly indexed, and then from the index alone.
    expect(await differences(nodes, name, stage)).toEqual([]);
    await index(node.services.sql);
    expect(await differences(nodes, name, stage)).toEqual([]);
  });
}

/** What is not as the table has it for reading. */
async function differences(nodes: Node[], name: Case, stage: Stage): Promise<string[]> {
  const { visitors, lines } = TABLE[name];
  const line = lines.find(({ way, wanted }) => way === "rest" && wanted.includes("read"))!;
  const wrong: string[] = [];
  for (const [place, visitor] of visitors.entries()) {
    const node = nodes[place % nodes.length]!;
    const read = line.answers[place]!;
    const asked = { node, stage, who: stage.visitors.get(visitor) };
    const door = isOver(stage, visitor) ? 401 : DOORS[visitor];
    const expected = door !== undefined
      ? { everywhere: door, here: door, page: door === 401 ? "led away" : "nothing" }
      : read === "+"
      ? { everywhere: "found", here: "found", page: "found" }
      : { everywhere: "nothing", here: ERRORS[ANSWERS[read]!.code!][0], page: "nothing" };
    const found = await search(asked);
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      wrong.push(`${visitor}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
    }
  }
  return wrong;
}

/** A ghost's session ends when they leave, and with their room's time. */
function isOver({ case: name, ghost }: Stage, visitor: Visitor): boolean {
  return ghost !== undefined && visitor === "left" || name === "expired_ghost" && visitor === "ghost_in";
}

interface Asked {
  node: Node;
  stage: Stage;
  who: Person | undefined;
}

async function search({ node, stage: { id, word }, who }: Asked) {
  const get = (path: string) => bearerFetch(node, who ?? null, path, { method: "GET" });
  const page = await get(`/search?q=${word}`);
  const shown = (await page.text()).match(/data-message="/g)?.length ?? 0;
  return {
    everywhere: await answered(await get(`/api/search?q=${word}`), word),
    here: await answered(await get(`/api/search?q=${word}&room=${id}&sort=best`), word),
    page: page.status === 303 ? "led away" : shown > 0 ? "found" : "nothing",
  };
}

/** @returns the status of a refusal. @throws Error when there is any trace of what was not found */
async function answered(response: Response, word: string): Promise<string | number> {
  const text = await response.text();
  if (!response.ok) {
    if (text.includes(word)) throw new Error("a refusal holds words of the room");
    return response.status;
  }
  const { data } = JSON.parse(text) as { data: SearchPage };
  if (data.results.length > 0) return text.includes(word) ? "found" : "found something else";
  expect(data).toEqual({ results: [], nextCursor: null, count: { found: 0, more: false }, notes: {} });
  return "nothing";
}
