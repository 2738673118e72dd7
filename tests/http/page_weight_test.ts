import { expect } from "expect";
import { parleyForFile } from "../support/node.ts";
import { bytesOf, weighPage } from "../support/page_weight.ts";
import { guest } from "../support/visitor.ts";

const parley = parleyForFile({ seed: "history" });

/** Bytes, compressed: a second on a slow phone's connection. */
const ROOM_AT_FIRST = 80_000;

Deno.test("a room's page needs little JavaScript to come alive when it is loaded for the first time", async () => {
  const { node } = parley();
  const weight = await weighPage(node, "/lounges/general/en", (await guest(node)).cookieHeader());
  expect(weight.first.length).toBeGreaterThan(3);
  expect(bytesOf(weight.first)).toBeLessThan(ROOM_AT_FIRST);
  // Everything that is worth it comes compressed.
  const plain = weight.first.filter(({ encoding, bytes }) => encoding === "identity" && bytes > 1_500);
  expect(plain).toEqual([]);
});

Deno.test("what is seldom needed does not come before somebody asks for it", async () => {
  const { node } = parley();
  const weight = await weighPage(node, "/lounges/general/en", (await guest(node)).cookieHeader());
  const names = (files: { path: string }[]) => files.map(({ path }) => path.split("/").at(-1)!.split("-")[0]);
  for (const part of ["EmojiPanel", "highlight", "emoji_table", "MessageMenu", "SidePanel"]) {
    expect(names(weight.first)).not.toContain(part);
    expect(names(weight.later)).toContain(part);
  }
});
