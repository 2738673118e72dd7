/** Kinds of characters, as CommonMark 0.31 has them, and kinds that it has not. */

/** Characters that show nothing, or move what others show: in an address they serve nobody but who wants to deceive. */
export const UNSEEN =
  /[\p{Cc}\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/u;

/** Characters that turn the direction of writing (Unicode Standard Annex 9). */
export const DIRECTION_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const PUNCTUATION = /[\p{P}\p{S}]/u;
const EAST_ASIAN =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;

/** The whole character that ends just before `at`; empty at the beginning. */
export function before(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && at > 1;
  return text.slice(pair ? at - 2 : Math.max(0, at - 1), at);
}

/** The whole character at `at`; empty at the end. */
export function after(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? "" : String.fromCodePoint(point);
}

/** White space, or the beginning or end of the text. */
export function isSpace(character: string): boolean {
  return character.trim() === "";
}

export function isPunctuation(character: string): boolean {
  return PUNCTUATION.test(character);
}

export function isEastAsian(character: string): boolean {
  return EAST_ASIAN.test(character);
}
