/** `:shortcodes:` and what they stand for. */
import { shortcodesIn } from "./named.ts";
import type { Emoji } from "./plain_text.ts";

/** Every name there is. Some 18 KB, so the browser fetches it when a message holds a name that the page did not bring. */
export async function loadEmoji(): Promise<Emoji> {
  const { EMOJI } = await import("./emoji_table.ts");
  return EMOJI;
}

/** Those that the messages use, to be sent along with them. */
export function emojiUsed(texts: Iterable<string>, all: Emoji): Emoji {
  const used: Record<string, string> = {};
  for (const text of texts) {
    for (const code of shortcodesIn(text)) if (Object.hasOwn(all, code)) used[code] = all[code]!;
  }
  return used;
}
