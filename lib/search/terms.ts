import type { SearchTerm } from "../protocol/search.ts";
import { stemmersFor } from "./languages.ts";
import type { Stems } from "./stems.ts";
import { type Word, wordsIn } from "./words.ts";

/** Words that are looked for; what follows in a longer query counts no more. */
const WORDS_MAX = 24;
/** The least letters that are taken for the beginning of a word. */
const BEGINNING_MIN = 2;

/** One word of a term, and what may stand in its place. */
export interface Element {
  word: Word;
  /** As they stand in the index: `en:run`. Only words that stand alone may be there in another form. */
  stems: string[];
  /** Longer words that it may be the beginning of; none unless it may. */
  completions: string[];
  beginning: boolean;
}

/** What a message must hold, or must not: one word, or several in a row. */
export interface Term {
  elements: Element[];
  /** It stood in quotes: only in this form. */
  quoted: boolean;
  without: boolean;
}

/** Terms as they are indexed. The last word that stands outside quotes may be the beginning of one. */
export function termsOf(terms: readonly SearchTerm[]): Term[] {
  const last = terms.findLast(({ phrase, without }) => !phrase && !without);
  let left = WORDS_MAX;
  return terms.flatMap((term) => {
    const words = fewest(wordsIn(term.text)).slice(0, left);
    left -= words.length;
    if (words.length === 0) return [];
    const elements = words.map((word, index): Element => ({
      word,
      stems: [],
      completions: [],
      beginning: term === last && index === words.length - 1 && word.kind === "word" &&
        word.text.length >= BEGINNING_MIN,
    }));
    return [{ elements, quoted: term.phrase, without: term.without }];
  });
}

/** A character that is part of a pair needs not be looked for beside it. */
function fewest(words: Word[]): Word[] {
  const pairs = words.filter(({ kind }) => kind === "pair");
  const covered = ({ start, end }: Word) => pairs.some((pair) => pair.start <= start && end <= pair.end);
  return words.filter((word) => word.kind !== "character" || !covered(word));
}

/**
 * Adds the forms in which words may stand in rooms of these languages. What was quoted, or written without a space in
 * between, is looked for as it stands.
 */
export async function addStems(
  terms: readonly Term[],
  languages: readonly (string | null)[],
  stems: Stems,
): Promise<void> {
  const alone = terms.filter(({ elements, quoted }) => elements.length === 1 && !quoted)
    .map(({ elements: [element] }) => element!);
  const asked = alone.flatMap((element) =>
    stemmersFor(element.word.written, languages).map((stemmer) => ({ word: element.word, stemmer, element }))
  );
  await stems.learn(asked);
  for (const { word, stemmer, element } of asked) {
    const stem = stems.of(word, stemmer);
    if (stem !== null) element.stems.push(stem);
  }
}

/**
 * A term as text of a tsquery.
 * @param beginnings whether the index is asked, which knows the words that begin so, or text that it has not seen
 */
export function queryOf({ elements, without }: Term, beginnings: "completed" | "matched"): string {
  let query = "";
  for (const [index, element] of elements.entries()) {
    const before = elements[index - 1];
    if (before) query += ` <${element.word.position - before.word.position}> `;
    query += formsOf(element, beginnings);
  }
  return without ? `!(${query})` : `(${query})`;
}

function formsOf(
  { word, stems, completions, beginning }: Element,
  beginnings: "completed" | "matched",
): string {
  if (beginning && beginnings === "matched") return either([`'${word.text}':*`, ...stems.map(quote)]);
  return either([word.text, ...stems, ...completions].map(quote));
}

/** Lexemes are letters and digits, with `:` or `#`: nothing in them could end the quote. */
function quote(lexeme: string): string {
  return `'${lexeme}'`;
}

export function either(queries: string[]): string {
  return queries.length === 1 ? queries[0]! : `(${queries.join(" | ")})`;
}
