/** Where a message leads. */
import { parseMarkdown } from "./parse.ts";
import type { Block, Inline } from "./tree.ts";

/**
 * Addresses of web pages that a message shows, each once, in the order of the text. None for what stands in code (it is
 * quoted), in spoilers (a preview would give them away) or between angle brackets, which say that none is wanted.
 */
export function linksIn(text: string): string[] {
  if (!mayHaveLinks(text)) return [];
  const links = new Set<string>();
  collect(parseMarkdown(text), links);
  return [...links];
}

/** False for most messages, at next to no cost. */
export function mayHaveLinks(text: string): boolean {
  return text.includes("://");
}

function collect(blocks: Block[], links: Set<string>): void {
  for (const block of blocks) {
    if (block.type === "paragraph") collectInline(block.children, links);
    else if (block.type === "quote") collect(block.children, links);
    else if (block.type === "list") { for (const item of block.items) collect(item.children, links); }
  }
}

function collectInline(nodes: Inline[], links: Set<string>): void {
  for (const node of nodes) {
    if (node.type === "link") {
      if (!node.quiet && /^https?:/.test(node.href)) links.add(node.href);
    } else if ("children" in node && node.type !== "spoiler") collectInline(node.children, links);
  }
}
