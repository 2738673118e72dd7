import { parseMarkdown } from "../../lib/protocol/markdown/parse.ts";
import type { Block, Inline } from "../../lib/protocol/markdown/tree.ts";

const MARKS = { strong: "b", emphasis: "i", strikethrough: "s", spoiler: "spoiler" };

function inline(nodes: Inline[]): string {
  return nodes.map((node) => {
    switch (node.type) {
      case "text":
        return node.text;
      case "code":
        return `{code ${node.text}}`;
      case "link":
        return `{${node.host ? "labelled" : "link"} ${node.href} ${inline(node.children)}}`;
      case "mention":
        return `{@ ${node.username}}`;
      case "room_link":
        return `{# ${node.slug}}`;
      case "shortcode":
        return `{: ${node.code}}`;
      default:
        return `{${MARKS[node.type]} ${inline(node.children)}}`;
    }
  }).join("");
}

function block(node: Block): string {
  switch (node.type) {
    case "paragraph":
      return inline(node.children);
    case "quote":
      return `{quote ${blocks(node.children)}}`;
    case "code_block":
      return `{pre ${node.language}|${node.text}}`;
    case "list":
      return `{${node.ordered ? "ol" : "ul"} ${
        node.items.map(({ value, children }) => `{${value ?? "-"} ${blocks(children)}}`).join("")
      }}`;
  }
}

function blocks(nodes: Block[]): string {
  return nodes.map(block).join(" ¶ ");
}

/** The tree of a message in one line, for tests to be read: `a {b bold} word`. */
export function tree(text: string): string {
  return blocks(parseMarkdown(text));
}
