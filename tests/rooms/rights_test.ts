import { expect } from "expect";
import { parleyForFile } from "../support/node.ts";
import { makePeople, type People } from "./rights/people.ts";
import { cells } from "./rights/table.ts";
import { type Case, CASES } from "./rights/vocabulary.ts";
import { walk } from "./rights/walk.ts";

const parley = parleyForFile({ nodes: 2 });
let people: People | undefined;
let walked = 0;

for (const name of Object.keys(CASES) as Case[]) {
  Deno.test(`every visitor gets the answer of the table in ${CASES[name].title.toLowerCase()}`, async () => {
    people ??= await makePeople(parley().node);
    const { wrong, asked, without } = await walk(parley().nodes, people, name);
    console.log(
      `${name}: ${asked.rest} by REST, ${asked.socket} by socket, ${asked.page} by page; ${without} without a way`,
    );
    walked += asked.rest + asked.socket + asked.page + without;
    expect(wrong).toEqual([]);
  });
}

Deno.test("no cell of the table was passed over", () => {
  console.log(`${walked} cells`);
  expect(walked).toBe(cells().length);
});
