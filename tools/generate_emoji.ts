/**
 * Writes `lib/client/emoji/data.gen.ts` from emojibase-data: every emoji in CLDR order with its English name, its
 * shortcodes and its keywords. Run with `--check` it writes nothing and fails when the file is stale.
 */
import { type ToneRule, withTone } from "../lib/client/emoji/tone.ts";

const SOURCE = "npm:emojibase-data@17.0.0/en";
const TARGET = new URL("../lib/client/emoji/data.gen.ts", import.meta.url);
/** Skin tones and hair as swatches: parts of emoji, nothing to send. */
const COMPONENTS = 2;
/** From this version of Unicode's set on, not every system in use draws all of it. */
const OLDEST_IN_DOUBT = 12;
/** Keywords that no other emoji has, for each emoji: they cost several times as much as shared ones. */
const OWN_KEYWORDS = 1;
const TONES = [1, 2, 3, 4, 5];

interface Source {
  hexcode: string;
  emoji: string;
  label: string;
  tags?: string[];
  order: number;
  group?: number;
  version: number;
  skins?: { emoji: string; tone: number | number[]; version: number }[];
}

type Shortcodes = Record<string, string | string[]>;

/** By a name that is put together here: the data is large, and checking types has no need of it. */
async function read<Content>(path: string): Promise<Content> {
  return (await import(`${SOURCE}/${path}.json`, { with: { type: "json" } })).default;
}

/** As Unicode qualifies it: U+FE0F only after what would be text without it. The data has it after more than that. */
function qualified(emoji: string): string {
  return emoji.replaceAll(/(\p{Emoji_Presentation})\uFE0F/gu, "$1");
}

/** The rule by which this emoji takes its skin tones, tried on all of them. @throws Error when there is none */
function toneRule({ emoji, label, skins = [] }: Source): ToneRule {
  if (skins.length === 0) return "";
  const wanted = TONES.map((tone) => skins.find((skin) => [skin.tone].flat().every((one) => one === tone)));
  for (const rule of ["+", "*"] as const) {
    const fits = (skin: typeof wanted[number], index: number) =>
      skin && withTone(qualified(emoji), rule, TONES[index]!) === qualified(skin.emoji);
    if (wanted.every(fits)) return rule;
  }
  throw new Error(`${label}: its skin tones follow no known rule`);
}

function since(version: number): string {
  return version >= OLDEST_IN_DOUBT ? `${version}` : "";
}

/** The rule, and since when there are tones, when that is later than the emoji itself. */
function tones(source: Source): string {
  const first = Math.min(...source.skins?.map(({ version }) => version) ?? []);
  return toneRule(source) + (first > source.version && first < Infinity ? since(first) : "");
}

/** Words worth searching for that neither the name nor the shortcodes begin with. */
function keywords({ label, tags = [] }: Source, codes: string[]): string[] {
  const known = [label, ...codes].flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  const words: string[] = [];
  for (const word of tags.flatMap((tag) => tag.toLowerCase().split(" "))) {
    const stem = word.slice(0, 4);
    if (!/^[a-z][a-z-]{2,13}$/.test(word)) continue;
    if (![...known, ...words].some((other) => other.startsWith(stem))) words.push(word);
  }
  return words;
}

/** All that are shared with other emoji, and {@link OWN_KEYWORDS} that are not. */
function worthTheirBytes(all: string[][]): string[][] {
  const uses = Map.groupBy(all.flat(), (word) => word);
  return all.map((words) => {
    let own = 0;
    return words.filter((word) => uses.get(word)!.length > 1 || ++own <= OWN_KEYWORDS);
  });
}

/** A flag goes by its country. */
function slug(name: string): string {
  return name.toLowerCase().replace(/^flag: /, "").replaceAll(/[^a-z0-9]+/g, "_");
}

/** One column each for what belongs together: they compress better than rows. */
function columns(sources: Source[], github: Shortcodes, emojibase: Shortcodes): Record<string, string[]> {
  const codes = sources.map(({ hexcode }) =>
    github[hexcode] ? [github[hexcode]].flat() : [emojibase[hexcode]!].flat().slice(0, 1)
  );
  const words = worthTheirBytes(sources.map((source, index) => keywords(source, codes[index]!)))
    .map((own) => own.join(" "));
  const bare = (code: string, index: number) => code === slug(sources[index]!.label) ? "" : code;
  return {
    emoji: sources.map((source) => qualified(source.emoji) + since(source.version) + tones(source)),
    names: sources.map(({ label }) => label),
    codes: codes.map((own, index) => own.map((code) => bare(code, index)).join(" ")),
    // Kin stand side by side.
    keywords: words.map((own, index) => own !== "" && own === words[index - 1] ? '"' : own),
  };
}

const { groups } = await read<{ groups: { message: string; order: number }[] }>("messages");
const sources = (await read<Source[]>("data"))
  .filter(({ group }) => group !== undefined && group !== COMPONENTS)
  .sort((a, b) => a.order - b.order);
const table = columns(sources, await read("shortcodes/github"), await read("shortcodes/emojibase"));
const counts = groups.filter(({ order }) => order !== COMPONENTS)
  .map(({ message, order }) => [message, sources.filter(({ group }) => group === order).length]);

function cells(name: string): string {
  const column = table[name]!;
  if (column.some((cell) => cell.includes("|"))) throw new Error(`${name}: a cell holds what divides cells`);
  return JSON.stringify(column.join("|"));
}

const text = `// Generated by \`deno task emoji\`. Do not edit.
// From emojibase-data 17.0.0 (https://emojibase.dev, MIT licence, © Miles Johnson), which follows Unicode's CLDR.
// deno-fmt-ignore-file

/** The groups in their order, and how many emoji each holds. */
export const GROUPS = ${JSON.stringify(counts)} as [name: string, count: number][];
/**
 * The emoji, since which version of Unicode's set when that is 12 or later, how it takes a skin tone (+ *), and since
 * which version when that is 12 or later and not the emoji's own.
 */
export const EMOJI = ${cells("emoji")};
export const NAMES = ${cells("names")};
/** Parted by spaces; an empty one is made from the name. */
export const CODES = ${cells("codes")};
/** Parted by spaces; a ditto mark repeats those of the emoji before. */
export const KEYWORDS = ${cells("keywords")};
`;
if (!Deno.args.includes("--check")) await Deno.writeTextFile(TARGET, text);
else if (await Deno.readTextFile(TARGET).catch(() => "") !== text) {
  console.error("lib/client/emoji/data.gen.ts is stale: run `deno task emoji` and commit it.");
  Deno.exit(1);
}
