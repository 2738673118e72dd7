import { parseBlocks, withoutEdges } from "./blocks.ts";
import type { Block } from "./tree.ts";

/** Without any of these there is nothing to read but words: so it is with most messages. */
const MARKUP = /[*_~|`[\\<>:@#]|^[ \t]*(?:-|\d+[.)])[ \t]/m;

/**
 * Reads a message. Never fails: what is no markup is text. The same on the server and in the browser, and quick enough
 * to be done at every drawing (some 20 µs; 2,000 characters of the worst kind take a few milliseconds).
 */
export function parseMarkdown(text: string): Block[] {
  const lines = (text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text).split("\n");
  if (MARKUP.test(text)) return parseBlocks(lines);
  const words = withoutEdges(lines);
  return words === "" ? [] : [{ type: "paragraph", children: [{ type: "text", text: words }] }];
}
