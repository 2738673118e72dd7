/** A message in characters alone: for notifications, reply lines and lists of rooms. */
import type { Block, Inline, ListItem } from "./tree.ts";

/** Stands for a spoiler: of one length, so that it does not tell how long the answer is. */
export const HIDDEN = "▒▒▒▒▒";

/** Names of emoji, without colons, and what they stand for. */
export type Emoji = Readonly<Record<string, string>>;

/** The emoji that a code stands for, or the code as it was typed. */
export function emojiOf(code: string, emoji: Emoji): string {
  return Object.hasOwn(emoji, code) ? emoji[code]! : `:${code}:`;
}

function inlineText(nodes: Inline[], emoji: Emoji): string {
  return nodes.map((node) => {
    switch (node.type) {
      case "text":
      case "code":
        return node.text;
      case "spoiler":
        return HIDDEN;
      case "mention":
        return `@${node.username}`;
      case "room_link":
        return `#${node.slug}`;
      case "shortcode":
        return emojiOf(node.code, emoji);
      default:
        return inlineText(node.children, emoji);
    }
  }).join("");
}

function itemText({ value, children }: ListItem, sign: string, emoji: Emoji): string {
  const mark = value === undefined ? "•" : `${value}${sign}`;
  return `${mark} ${plainText(children, emoji)}`;
}

/**
 * What a message says, without its markup; lines are kept, spoilers are hidden.
 * @param emoji what `:codes:` stand for; those that are missing stay as typed
 */
export function plainText(blocks: Block[], emoji: Emoji = {}): string {
  return blocks.map((block) => {
    switch (block.type) {
      case "paragraph":
        return inlineText(block.children, emoji);
      case "code_block":
        return block.text;
      case "quote":
        return plainText(block.children, emoji).replaceAll(/^/gm, "> ");
      case "list":
        return block.items.map((item) => itemText(item, ".", emoji)).join("\n");
    }
  }).join("\n");
}
