import type { Stems } from "./stems.ts";
import { stemmerOf } from "./stems.ts";
import type { Element, Term } from "./terms.ts";
import type { Word } from "./words.ts";

/** UTF-16 units of a text. */
export interface Range {
  start: number;
  end: number;
}

/** Words of which the stems must be known before one can tell whether they are a form of what is looked for. */
export function* doubtful(words: readonly Word[], terms: readonly Term[], language: string | null) {
  const wanted = terms.flatMap(({ elements }) => elements).filter(({ stems }) => stems.length > 0);
  for (const word of words) {
    // Stems keep their first letters: endings fall off.
    if (word.kind === "word" && wanted.some((element) => element.word.text[0] === word.text[0])) {
      yield { word, stemmer: stemmerOf(word, language) };
    }
  }
}

/** What in a text is what was looked for, in order and without overlaps. */
export function marksIn(
  words: readonly Word[],
  terms: readonly Term[],
  language: string | null,
  stems: Stems,
): Range[] {
  const places = Map.groupBy(words, ({ position }) => position);
  const fits = (element: Element, word: Word) => {
    if (word.text === element.word.text) return true;
    if (element.beginning && word.text.startsWith(element.word.text)) return true;
    const stem = element.stems.length > 0 ? stems.of(word, stemmerOf(word, language)) : null;
    return stem !== null && element.stems.includes(stem);
  };
  const ranges = terms.filter(({ without }) => !without).flatMap(({ elements }) =>
    words.flatMap((first) => {
      const [head, ...rest] = elements;
      if (!fits(head!, first)) return [];
      const others = rest.map((element) =>
        places.get(first.position + element.word.position - head!.word.position)?.find((word) =>
          fits(element, word)
        )
      );
      return others.includes(undefined) ? [] : [{ start: first.start, end: others.at(-1)?.end ?? first.end }];
    })
  );
  return merged(ranges);
}

function merged(ranges: Range[]): Range[] {
  const result: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else result.push({ ...range });
  }
  return result;
}
