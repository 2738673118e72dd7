/** All emoji there are, in their groups, and how they are found. */
import { type ToneRule, withTone } from "./tone.ts";

export interface Emoji {
  /** Without a skin tone. */
  char: string;
  name: string;
  /** Without colons, the usual one first. */
  codes: readonly string[];
  tones: ToneRule;
}

export interface EmojiGroup {
  name: string;
  emoji: readonly Emoji[];
}

/** What `data.gen.ts` exports: columns whose cells are parted by `|`. */
export interface EmojiData {
  GROUPS: readonly (readonly [name: string, count: number])[];
  EMOJI: string;
  NAMES: string;
  CODES: string;
  KEYWORDS: string;
}

/** An emoji as it is read: with what is needed of it only later, or never. */
interface Entry {
  emoji: Emoji;
  /** In which version of Unicode's set it came; 0 for whatever everybody can draw. */
  since: number;
  /** Parted by spaces. */
  keywords: string;
}

/** An emoji as the search sees it. */
interface Indexed {
  emoji: Emoji;
  title: string;
  /** Of the name and the shortcodes. */
  words: string[];
  keywords: string[];
}

/** Small letters without accents, so that "pinata" finds a piñata. */
function folded(text: string): string {
  return text.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "");
}

function wordsOf(text: string): string[] {
  return folded(text).split(/[^\p{L}\p{N}+]+/u).filter(Boolean);
}

function slug(name: string): string {
  return name.toLowerCase().replace(/^flag: /, "").replaceAll(/[^a-z0-9]+/g, "_");
}

/** The same for every tone of an emoji and for every way to write it. */
function keyOf(char: string): string {
  return char.replaceAll(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, "");
}

function readEntries(data: EmojiData, newest: number): Entry[] {
  const names = data.NAMES.split("|");
  const codes = data.CODES.split("|");
  const keywords = data.KEYWORDS.split("|");
  return data.EMOJI.split("|").map((cell, row) => {
    const [, char, since, rule, tonesSince] = cell.match(/^(.+?)([\d.]*)([+*]?)([\d.]*)$/u)!;
    const tones = Number(tonesSince) > newest ? "" : rule;
    const name = names[row]!;
    const own = codes[row]!.split(" ").map((code) => code || slug(name));
    if (keywords[row] === '"') keywords[row] = keywords[row - 1]!;
    const emoji = { char: char!, name, codes: own, tones: tones as ToneRule };
    return { emoji, since: Number(since), keywords: keywords[row]! };
  });
}

function indexed({ emoji, keywords }: Entry): Indexed {
  const title = wordsOf(emoji.name);
  const words = new Set([...title, ...emoji.codes.flatMap(wordsOf), ...emoji.codes]);
  return { emoji, title: title.join(" "), words: [...words], keywords: keywords.split(" ") };
}

/** How well a word of the query fits: 0 is best, null not at all. */
function fitOf({ emoji, words, keywords }: Indexed, word: string): number | null {
  if (words.includes(word)) return 1;
  if (emoji.codes.some((code) => code.startsWith(word))) return 2;
  if (words.some((own) => own.startsWith(word))) return 3;
  if (keywords.includes(word)) return 4;
  return keywords.some((own) => own.startsWith(word)) ? 5 : null;
}

export class Catalogue {
  readonly groups: readonly EmojiGroup[];
  readonly #entries: Entry[];
  readonly #byKey: Map<string, Emoji>;
  /** Made when somebody searches: opening the picker must not wait for it. */
  #index: Indexed[] | null = null;

  /** @param newest version of Unicode's emoji that this system can draw; later ones are left out */
  constructor(data: EmojiData, newest = Infinity) {
    const all = readEntries(data, newest);
    let from = 0;
    this.groups = data.GROUPS.map(([name, count]) => {
      const entries = all.slice(from, from += count).filter(({ since }) => since <= newest);
      return { name: name[0]!.toUpperCase() + name.slice(1), emoji: entries.map(({ emoji }) => emoji) };
    });
    this.#entries = all.filter(({ since }) => since <= newest);
    this.#byKey = new Map(this.#entries.map(({ emoji }) => [keyOf(emoji.char), emoji]));
  }

  /** The emoji that this is, whatever its skin tone. */
  of(char: string): Emoji | undefined {
    return this.#byKey.get(keyOf(char));
  }

  /** @param code without colons */
  byCode(code: string): Emoji | undefined {
    return this.#entries.find(({ emoji }) => emoji.codes.includes(code))?.emoji;
  }

  /** Those whose name, shortcodes or keywords have every word of the query, or begin so; the best first. */
  search(query: string, limit = Infinity): Emoji[] {
    const same = this.of(query.trim());
    if (same) return [same];
    const whole = folded(query).trim().replaceAll(/^:|:$/g, "");
    const words = whole.includes("_") ? [whole] : wordsOf(whole);
    if (words.length === 0) return [];
    this.#index ??= this.#entries.map(indexed);
    const found: { emoji: Emoji; rank: number }[] = [];
    for (const row of this.#index) {
      const fits = words.map((word) => fitOf(row, word));
      if (fits.includes(null)) continue;
      const exact = row.emoji.codes.includes(whole) || row.title === whole;
      const rank = exact ? 0 : fits.reduce<number>((sum, fit) => sum + fit!, 0) / fits.length;
      found.push({ emoji: row.emoji, rank });
    }
    return found.sort((a, b) => a.rank - b.rank).slice(0, limit).map(({ emoji }) => emoji);
  }
}

/** The emoji in a tone. */
export function toned({ char, tones }: Emoji, tone: number): string {
  return withTone(char, tones, tone);
}
