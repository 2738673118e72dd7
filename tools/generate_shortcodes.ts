/**
 * Writes `lib/protocol/markdown/emoji_table.ts`: the names of emoji from emojibase-data (MIT, © Miles Johnson), its own
 * preset first, then those that GitHub has beside. Run with `--check` it writes nothing and fails when the file is stale.
 */
import emoji from "emojibase-data/en/compact.json" with { type: "json" };
import emojibase from "emojibase-data/en/shortcodes/emojibase.json" with { type: "json" };
import github from "emojibase-data/en/shortcodes/github.json" with { type: "json" };

const FILE = new URL("../lib/protocol/markdown/emoji_table.ts", import.meta.url);

type Shortcodes = Record<string, string | string[]>;

/** One emoji and its names: `👍️ +1 thumbsup yes`. In the order in which emoji are usually shown. */
function lines(presets: Shortcodes[]): string[] {
  const taken = new Set<string>();
  return (emoji as { hexcode: string; unicode: string; order?: number }[])
    .filter(({ order }) => order !== undefined)
    .toSorted((one, other) => one.order! - other.order!)
    .map(({ hexcode, unicode }) => {
      const names = presets.flatMap((preset) => preset[hexcode] ?? []).filter((name) => !taken.has(name));
      for (const name of names) taken.add(name);
      return [unicode, ...new Set(names)].join(" ");
    })
    .filter((line) => line.includes(" "));
}

const source = `/** Made by \`deno task shortcodes\` from emojibase-data (MIT, © Miles Johnson). */
import type { Emoji } from "./plain_text.ts";

const TABLE =
  "${lines([emojibase, github]).join(",")}";

/** Every name of an emoji, without colons, and the emoji; skin tones are left out. In their usual order. */
export const EMOJI: Emoji = Object.fromEntries(
  TABLE.split(",").flatMap((line) => {
    const [emoji, ...names] = line.split(" ");
    return names.map((name) => [name, emoji!]);
  }),
);
`;

if (Deno.args.includes("--check")) {
  if (await Deno.readTextFile(FILE) !== source) {
    throw new Error("emoji_table.ts is stale: run deno task shortcodes");
  }
} else {
  await Deno.writeTextFile(FILE, source);
}
