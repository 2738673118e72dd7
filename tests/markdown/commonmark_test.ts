/**
 * Where a message means what it means everywhere, commonmark.js (the reference implementation, BSD-2-Clause) is the judge:
 * emphasis, code, links and escapes in random texts of marks.
 */
// @ts-types="./commonmark.d.ts"
import { type Node, Parser } from "commonmark";
import { expect } from "expect";
import fc from "fast-check";
import { parseInline } from "../../lib/protocol/markdown/inline.ts";
import type { Inline } from "../../lib/protocol/markdown/tree.ts";

const PIECES = [
  "a",
  "b",
  " ",
  " ",
  "*",
  "*",
  "**",
  "_",
  "__",
  "***",
  "`",
  "``",
  "\\*",
  "\\_",
  "\\`",
  "\\[",
  "\\]",
  "\\\\",
  "[",
  "](<https://a.example>)",
  "]",
  "(",
  ")",
  ".",
  ",",
];
/** Begins no block, and is a letter that no mark touches. */
const BEFORE = "x ";

/** Nested lists of names and texts: `["strong", "a"]`. */
type Shape = (string | Shape)[];

const NAMES: Record<string, string> = { emph: "emphasis", strong: "strong", link: "link", code: "code" };

function merged(parts: Shape): Shape {
  return parts.reduce<Shape>((list, part) => {
    const last = list.at(-1);
    if (typeof part === "string" && typeof last === "string") list[list.length - 1] = last + part;
    else list.push(part);
    return list;
  }, []);
}

/** There, an address within a label is a link in a link; here it is words. */
function theirs(node: Node, inLink = false): Shape {
  const parts: Shape = [];
  for (let child = node.firstChild; child; child = child.next) {
    const isLink = child.type === "link";
    if (child.type === "text") parts.push(child.literal ?? "");
    else if (child.type === "code") parts.push(["code", child.literal ?? ""]);
    else if (isLink && inLink) parts.push(...theirs(child, true));
    else parts.push([NAMES[child.type] ?? child.type, ...theirs(child, inLink || isLink)]);
  }
  return merged(parts);
}

function ours(nodes: Inline[]): Shape {
  return merged(nodes.map((node) => {
    if (node.type === "text") return node.text;
    if (node.type === "code") return ["code", node.text];
    if ("children" in node) return [node.type, ...ours(node.children)];
    throw new Error(`nothing that CommonMark has: ${node.type}`);
  }));
}

function words(shape: Shape): string {
  return shape.map((part) => typeof part === "string" ? part : words(part.slice(1))).join("");
}

/** A link without a label is one to CommonMark, and here what was typed. */
function hasBareLink(shape: Shape): boolean {
  return shape.some((part) =>
    typeof part !== "string" &&
    (part[0] === "link" && words(part.slice(1)).trim() === "" || hasBareLink(part))
  );
}

Deno.test("emphasis, code, links and escapes are what CommonMark says when marks stand anywhere", () => {
  const parser = new Parser();
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 24 }), (pieces) => {
      // A space at the end of a line is not CommonMark's to keep; a second letter keeps it within.
      const text = `${BEFORE}${pieces.join("")} x`;
      const expected = theirs(parser.parse(text).firstChild!);
      // Addresses of this site, or none at all, make no link here.
      fc.pre(!/\]\((?!<https:)/.test(text) && !hasBareLink(expected));
      expect([text, ours(parseInline(text))]).toEqual([text, expected]);
    }),
    { numRuns: 20_000 },
  );
});
