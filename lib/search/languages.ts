/** Which of PostgreSQL's stemmers (Snowball, by their dictionaries' names) knows a word. */

/** By ISO 639-1; languages written in the Latin alphabet. */
const LATIN: Record<string, string> = {
  en: "english",
  es: "spanish",
  fr: "french",
  de: "german",
  it: "italian",
  pt: "portuguese",
  nl: "dutch",
  sv: "swedish",
  da: "danish",
  no: "norwegian",
  nb: "norwegian",
  nn: "norwegian",
  fi: "finnish",
  et: "estonian",
  lt: "lithuanian",
  hu: "hungarian",
  ro: "romanian",
  tr: "turkish",
  ca: "catalan",
  eu: "basque",
  ga: "irish",
  id: "indonesian",
};

/** Other alphabets: which language uses them, unless the room's own does too. */
const ALPHABETS: { letters: RegExp; usual: string; others?: Record<string, string> }[] = [
  { letters: /^\p{Script=Cyrillic}/u, usual: "russian", others: { sr: "serbian" } },
  { letters: /^\p{Script=Arabic}/u, usual: "arabic" },
  { letters: /^\p{Script=Devanagari}/u, usual: "hindi", others: { ne: "nepali" } },
  { letters: /^\p{Script=Greek}/u, usual: "greek" },
  { letters: /^\p{Script=Armenian}/u, usual: "armenian" },
  { letters: /^\p{Script=Tamil}/u, usual: "tamil" },
];
const SHORT: Record<string, string> = {
  ...Object.fromEntries(Object.entries(LATIN).map(([tag, name]) => [name, tag])),
  russian: "ru",
  serbian: "sr",
  arabic: "ar",
  hindi: "hi",
  nepali: "ne",
  greek: "el",
  armenian: "hy",
  tamil: "ta",
};
const LATIN_LETTER = /^\p{Script=Latin}/u;

/** Most people of a room that names no language write this one, among those of the Latin alphabet. */
const USUAL_LATIN = "english";

/**
 * The stemmer for a word: by its letters, and where several languages share them, by the room's.
 * @param room BCP 47 tag of the room's language, if it has one
 * @returns `null` for numbers, and for scripts whose words have no stems
 */
export function stemmerFor(word: string, room: string | null): string | null {
  const language = (room ?? "").split("-", 1)[0]!.toLowerCase();
  if (LATIN_LETTER.test(word)) return LATIN[language] ?? USUAL_LATIN;
  const alphabet = ALPHABETS.find(({ letters }) => letters.test(word));
  return alphabet ? (alphabet.others?.[language] ?? alphabet.usual) || null : null;
}

/** How a stemmer is called in the index: there it stands before every stem. */
export function shortName(stemmer: string): string {
  return SHORT[stemmer] ?? stemmer;
}

/** The stemmers that a word may have gone through in rooms of these languages. */
export function stemmersFor(word: string, rooms: readonly (string | null)[]): string[] {
  const names = rooms.map((room) => stemmerFor(word, room)).filter((name) => name !== null);
  return [...new Set(names)];
}
