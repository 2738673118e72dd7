/** Cuts text up into what is indexed and looked for: words, and in scripts that write without spaces, characters. */
import { fold } from "./fold.ts";

export interface Word {
  /** In the form in which it is compared; see `fold.ts`. */
  text: string;
  /** As it was written. Its stem is taken from this, for accents tell forms apart. */
  written: string;
  /** `word`; or one `character` of a script without spaces, or the `pair` of it and the next. */
  kind: "word" | "character" | "pair";
  /** Counts words and characters alike. A character and the pair that begins with it have the same. */
  position: number;
  /** UTF-16 units of the text: `text.slice(start, end)`. */
  start: number;
  end: number;
}

/** Letters and digits with their marks, and what joins them in Persian and Hindi; or one pictograph. */
const RUN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c\u200d\uff9e\uff9f]*|\p{Extended_Pictographic}/gu;
/** Scripts without spaces, and Korean, whose particles stick to the words they follow. */
const UNSPACED =
  /(?:[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}](?<=[\p{L}\p{N}])[\p{M}\u200c\u200d\uff9e\uff9f]*)+/gu;
/** With its marks; and Korean letters that were typed apart are one syllable. */
const CHARACTER =
  /[\u1100-\u115f][\u1160-\u11a7]+[\u11a8-\u11ff]*|[\p{L}\p{N}][\p{M}\u200c\u200d\uff9e\uff9f]*/gu;
const ANY_UNSPACED =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
const PICTOGRAPH = /^\p{Extended_Pictographic}/u;

/** All words of a text in order, from position `first` on. */
export function wordsIn(text: string, first = 1): Word[] {
  const words: Word[] = [];
  let position = first;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    for (const part of partsOf(run, index)) {
      position = part.unspaced
        ? addCharacters(words, part, position)
        : addWord(words, part, position, PICTOGRAPH.test(part.written) ? "character" : "word");
    }
  }
  return words;
}

interface Part {
  written: string;
  start: number;
  unspaced: boolean;
}

/** `iPhone手机` is a word and a run of characters. */
function partsOf(run: string, start: number): Part[] {
  if (!ANY_UNSPACED.test(run)) return [{ written: run, start, unspaced: false }];
  const parts: Part[] = [];
  let at = 0;
  for (const { 0: written, index } of run.matchAll(UNSPACED)) {
    if (index > at) parts.push({ written: run.slice(at, index), start: start + at, unspaced: false });
    parts.push({ written, start: start + index, unspaced: true });
    at = index + written.length;
  }
  if (at < run.length) parts.push({ written: run.slice(at), start: start + at, unspaced: false });
  return parts;
}

/** @returns the next position */
function addWord(words: Word[], { written, start }: Part, position: number, kind: Word["kind"]): number {
  const text = fold(written);
  if (text === "") return position;
  words.push({ text, written, kind, position, start, end: start + written.length });
  return position + 1;
}

/** Each character, and each with the one that follows. @returns the next position */
function addCharacters(words: Word[], { written, start }: Part, position: number): number {
  const characters = [...written.matchAll(CHARACTER)]
    .map(({ 0: character, index }) => ({
      text: fold(character),
      written: character,
      start: start + index,
      end: start + index + character.length,
    }))
    .filter(({ text }) => text !== "");
  for (const [index, one] of characters.entries()) {
    words.push({ ...one, kind: "character", position: position + index });
    const next = characters[index + 1];
    if (!next) continue;
    words.push({
      text: one.text + next.text,
      written: one.written + next.written,
      kind: "pair",
      position: position + index,
      start: one.start,
      end: next.end,
    });
  }
  return position + characters.length;
}
