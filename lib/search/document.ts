import { LEVELS, type Searchable } from "../../db/queries/search_index.ts";
import type { Stems } from "./stems.ts";
import { stemmerOf } from "./stems.ts";
import { type Word, wordsIn } from "./words.ts";

/** What tsvectors hold at most. */
const LAST_POSITION = 16_383;
/** Names of files begin so far behind what stands before them that no phrase reaches over. */
const GAP = 8;
const LINK = /\bhttps?:\/\/\S/i;

/** A message as the index sees it. */
export interface Document {
  message: Searchable;
  /** Of its text, then of its files' names. */
  words: Word[];
}

export function documentOf(message: Searchable): Document {
  const words = wordsIn(message.body);
  for (const { name } of message.files) {
    const last = words.at(-1)?.position ?? 0;
    // Programs join with what people would set apart.
    words.push(...wordsIn(name.replaceAll("_", " "), last + GAP));
  }
  return { message, words: words.filter(({ position }) => position <= LAST_POSITION) };
}

/** Has the stems of all these documents at hand. */
export async function learnStems(stems: Stems, documents: readonly Document[]): Promise<void> {
  await stems.learn(function* () {
    for (const { message: { language }, words } of documents) {
      for (const word of words) yield { word, stemmer: stemmerOf(word, language) };
    }
  }());
}

/**
 * A document as the text of a tsvector: words with their positions, then stems, then what filters ask for. None of these
 * needs escaping: words are letters and digits.
 * @param segment of the index, in which it stands; none for what is matched without the index
 */
export function vectorOf({ message, words }: Document, stems: Stems, segment?: number): string {
  const places = new Map<string, number[]>();
  const others = new Set(marksOf(message, segment));
  for (const word of words) {
    const known = places.get(word.text);
    if (known) known.push(word.position);
    else places.set(word.text, [word.position]);
    const stem = stems.of(word, stemmerOf(word, message.language));
    if (stem !== null) others.add(stem);
  }
  const exact = [...places].map(([text, positions]) => `'${text}':${positions.join()}`);
  return [...exact, ...[...others].map((lexeme) => `'${lexeme}'`)].join(" ");
}

/** What filters ask for. */
function* marksOf({ roomId, authorId, open, body, files, mentions }: Searchable, segment?: number) {
  if (segment !== undefined) {
    for (const { mark, size } of LEVELS) yield `#${mark}${Math.floor(segment / size)}`;
  }
  yield `#r${roomId}`;
  yield `#a${authorId}`;
  if (open) yield "#o";
  if (LINK.test(body)) yield "#link";
  if (files.some(isPicture)) yield "#picture";
  if (files.some((file) => !isPicture(file))) yield "#file";
  if (mentions) yield "#mention";
}

function isPicture({ type }: { type: string }): boolean {
  return type.startsWith("image/");
}
