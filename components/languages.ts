import { canonicalLanguage, type Language, languageOf } from "../lib/protocol/languages.ts";

/** Those that lounges have rooms for from the beginning. */
const SPOKEN = ["en", "es", "fr", "de", "pt", "it", "hi", "ar", "zh", "ja", "ko", "ru"];
/** Further ones that many people speak, to choose from where any language can be named. */
const KNOWN = [
  ..."bg bn ca cs da el et fa fi fil ga gu he hr hu hy id is ka kk km lt lv mk mr ms my nb ne nl".split(" "),
  ..."pa pl pt-BR ro sk sl sq sr sv sw ta te th tr uk ur uz vi yue zh-Hant zu".split(" "),
];

/**
 * What the profile's form offers: the lounges' languages, and whatever else somebody has said they speak. A form that came
 * back may hold what is no language; nobody can choose that.
 */
export function offeredLanguages(chosen: string[]): Language[] {
  const known = chosen.map(canonicalLanguage).filter((tag) => tag !== null);
  return [...new Set([...SPOKEN, ...known])].map(languageOf);
}

/** Suggestions for a field that takes any language, without those in `taken`. */
export function suggestedLanguages(taken: string[]): Language[] {
  return [...SPOKEN, ...KNOWN].filter((tag) => !taken.includes(tag)).map(languageOf);
}
