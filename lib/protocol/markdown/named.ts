/** Who and what a message names. What stands in code is quoted, and names nobody. */
import { parseMarkdown } from "./parse.ts";
import type { Inline } from "./tree.ts";
import { walk } from "./tree.ts";

function collect(text: string, mark: string, nameOf: (node: Inline) => string | null): string[] {
  if (!text.includes(mark)) return [];
  const names = new Set<string>();
  walk(parseMarkdown(text), (node) => {
    const name = nameOf(node);
    if (name !== null) names.add(name);
  });
  return [...names];
}

/** Usernames after `@`, in small letters, each once, in the order of the text. There need not be such people. */
export function mentionsIn(text: string): string[] {
  return collect(text, "@", (node) => node.type === "mention" ? node.username.toLowerCase() : null);
}

/** Slugs after `#` (`book-club`, `music/pt`), in small letters, each once. There need not be such rooms. */
export function roomLinksIn(text: string): string[] {
  return collect(text, "#", (node) => node.type === "room_link" ? node.slug.toLowerCase() : null);
}

/** Codes between colons, without them, each once. They need not be names of emoji. */
export function shortcodesIn(text: string): string[] {
  return collect(text, ":", (node) => node.type === "shortcode" ? node.code : null);
}
