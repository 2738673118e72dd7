import { expect } from "expect";
import { parseMarkdown } from "../../lib/protocol/markdown/parse.ts";
import type { Block, Inline } from "../../lib/protocol/markdown/tree.ts";
import { MESSAGE_MAX_CHARACTERS } from "../../lib/protocol/limits.ts";
import { drawn } from "./render.tsx";

/** Pieces that, repeated, make readers of Markdown slow. */
const PIECES = (
  "[ ] ![ [a]( [a](< [a](https:// [a](https://a.example) [[a]] [a](( ]( * ** *** *a_ *a**b *a_b~~ _ __ a_ **a*a ~ ~~ ~~a | || " +
  "||a |||a ` `` `a`` \\ \\` \\* < <a <https:// <!-- > >> - -- - 1. 1. * ``` ~~~ : :a :a: @ @a @abc # #a #a- #a/ https:// " +
  "https://a. https://a.example/( https://a) http://[ mailto: mailto:a@ h m ¯ ¯\\_ ( ) ()) & \u202e \u200b 。 **。 **a。**b ！ 😀* \ud83c"
).split(" ").filter((piece) => piece !== "");
const JOINTS = ["", " ", "\n", "\n\n", "a", "*", "[", "`", "> ", "- "];
/** Milliseconds for the longest message there can be. Measured at 1 to 2; a page draws fifty. */
const PATIENCE_MS = 20;

function repeated(unit: string): string {
  return unit.repeat(Math.ceil(MESSAGE_MAX_CHARACTERS / unit.length)).slice(0, MESSAGE_MAX_CHARACTERS);
}

/** The least of a few goes, because the machine has other things to do. */
function timeOf(text: string): number {
  let least = Infinity;
  for (let go = 0; go < 5 && (go === 0 || least > PATIENCE_MS / 4); go++) {
    const start = performance.now();
    parseMarkdown(text);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function depthOf(node: Block | Inline): number {
  const inside = node.type === "list"
    ? node.items.flatMap(({ children }) => children)
    : "children" in node
    ? node.children
    : [];
  return 1 + Math.max(0, ...inside.map(depthOf));
}

Deno.test("2,000 characters are read in time when they were chosen to be slow", () => {
  let worst = { ms: 0, unit: "" };
  for (const piece of PIECES) {
    for (const joint of JOINTS) {
      for (const unit of [piece + joint, joint + piece + piece, `${piece}${joint}a`]) {
        const ms = timeOf(repeated(unit));
        if (ms > worst.ms) worst = { ms, unit };
      }
    }
  }
  const half = MESSAGE_MAX_CHARACTERS / 2;
  for (
    const [open, close] of [["[", "]"], ["*", "*"], ["(", ")"], ["**", "**"], ["||", "||"], ["<", ">"], [
      "_a ",
      " a_",
    ]] as const
  ) {
    const text = open.repeat(half / open.length) + close.repeat(half / close.length);
    const ms = timeOf(text);
    if (ms > worst.ms) worst = { ms, unit: `${open}…${close}` };
  }
  expect([worst.unit, worst.ms < PATIENCE_MS]).toEqual([worst.unit, true]);
});

Deno.test("blocks and spans nest only so deep, and what lies deeper is shown as it was typed", () => {
  const deep = [
    "> ".repeat(500),
    `${"> ".repeat(500)}a`,
    `${">".repeat(1000)} a`,
    `${"- ".repeat(500)}a`,
    `${"1. ".repeat(500)}a`,
    Array.from({ length: 60 }, (_, level) => `${"  ".repeat(level)}- a`).join("\n"),
    `${"*".repeat(900)}a${"*".repeat(900)}`,
    `${"**a _b ".repeat(100)}${"_ **".repeat(100)}`,
    `${"> - ".repeat(200)}**a**`,
  ];
  for (const text of deep) {
    expect(Math.max(0, ...parseMarkdown(text).map(depthOf))).toBeLessThanOrEqual(2 * 6 + 12 + 2);
    drawn(text);
  }
});
