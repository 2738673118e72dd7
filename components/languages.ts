/** Languages as people call their own. */
export interface Language {
  /** BCP 47. */
  tag: string;
  name: string;
  dir: "ltr" | "rtl";
}

/** Those that lounges have rooms for. */
const SPOKEN = ["en", "es", "fr", "de", "pt", "it", "hi", "ar", "zh", "ja", "ko", "ru"];
const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ps|sd|ug|yi|dv|ckb)\b/;

/** A language under its own name, capital where its script has capitals: `Español`, `العربية`. */
export function languageOf(tag: string): Language {
  const name = new Intl.DisplayNames([tag], { type: "language", fallback: "code" }).of(tag) ?? tag;
  return {
    tag,
    name: name.charAt(0).toLocaleUpperCase(tag) + name.slice(1),
    dir: RIGHT_TO_LEFT.test(tag) ? "rtl" : "ltr",
  };
}

/** What the profile's form offers: the lounges' languages, and whatever else somebody has said they speak. */
export function offeredLanguages(chosen: string[]): Language[] {
  return [...new Set([...SPOKEN, ...chosen])].map(languageOf);
}
