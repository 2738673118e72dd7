/**
 * Brings words to the form in which they are compared: small letters, no accents, no vowel marks, one shape for letters that
 * are written in several. Index and query go through the same function, so it may lose what people leave out.
 */

/** Accents of Latin, Greek and Cyrillic, Hebrew and Arabic vowels, tatweel, nukta, joiners, soft hyphens, variation selectors. */
const DROPPED =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u093c\u200b-\u200f\u00ad\ufe00-\ufe0f]/g;
/** Letters that no decomposition brings together. */
const SAME: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  ı: "i",
  ς: "σ",
  // Arabic: alef wasla, alef maqsura, teh marbuta; Persian yeh and kaf.
  ٱ: "ا",
  ى: "ي",
  ة: "ه",
  ی: "ي",
  ک: "ك",
};
const LETTERS = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");
/** What comes out as it went in: most words there are. */
const PLAIN = /^(?:[a-z0-9]*|[\u3041-\u3096\u30a1-\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+)$/;
/** Where each script's digits begin: Arabic, Persian, Devanagari, Bengali, Thai. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];
const FOREIGN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g;
/** “The”, and what is written onto it: and, so, with, like, for. Three letters must be left, so that الله stays. */
const ARABIC_ARTICLE = /^(?:[وفبك]?ال|لل)(?=.{3})/u;
const ARABIC = /^[\u0600-\u06ff]/;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu;

/** Longer words are cut: nobody types them, and an index entry has a limit. */
const LONGEST = 64;

/** What is left of some marks alone is nothing. */
export function fold(word: string): string {
  const small = word.toLowerCase();
  if (PLAIN.test(small)) return small.slice(0, LONGEST);
  const bare = small.normalize("NFKD").toLowerCase().replace(DROPPED, "")
    .replace(LETTERS, (letter) => SAME[letter]!)
    .replace(FOREIGN_DIGITS, digitOf)
    .normalize("NFC")
    .replace(NEITHER_LETTER_NOR_DIGIT, "");
  const short = ARABIC.test(bare) ? bare.replace(ARABIC_ARTICLE, "") : bare;
  return short.slice(0, LONGEST).toWellFormed().replace(/\ufffd$/, "");
}

function digitOf(digit: string): string {
  const code = digit.codePointAt(0)!;
  return String(code - ZEROS.findLast((zero) => zero <= code)!);
}
