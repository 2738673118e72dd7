/** Languages by their BCP 47 tags: what they are called, how they are written, and how well they suit a reader. */

/** A language as those who speak it call it. */
export interface Language {
  tag: string;
  name: string;
  dir: "ltr" | "rtl";
}

/** Longer than any tag that means something. */
const TAG_MAX = 35;
/** Scripts that run from right to left, by their ISO 15924 codes. */
const RIGHT_TO_LEFT = new Set(["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"]);

/** The tag in its canonical spelling (`PT-br` → `pt-BR`), or `null` when it names no language that has a name. */
export function canonicalLanguage(text: string): string | null {
  if (text.length > TAG_MAX) return null;
  try {
    const tag = Intl.getCanonicalLocales(text)[0];
    const name = tag && new Intl.DisplayNames("en", { type: "language", fallback: "none" }).of(tag);
    return name ? tag : null;
  } catch {
    return null; // Not even the form of a tag.
  }
}

/** A language under its own name, capital where its script has capitals: `Español`, `العربية`. */
export function languageOf(tag: string): Language {
  const name = new Intl.DisplayNames([tag], { type: "language", fallback: "code" }).of(tag) ?? tag;
  return { tag, name: name.charAt(0).toLocaleUpperCase(tag) + name.slice(1), dir: directionOf(tag) };
}

/** Which way a language is written; by its usual script where the tag names none. */
export function directionOf(tag: string | null): "ltr" | "rtl" {
  const script = tag === null ? undefined : parse(tag)?.script;
  return script !== undefined && RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr";
}

/**
 * How well something in the language `offered` suits somebody who asked for `wanted`: 3 that very tag, 2 the same
 * language in the same script, 1 the same language, 0 not at all. So `zh-TW` takes `zh-Hant` before `zh`, and either
 * before nothing.
 */
export function suits(wanted: string, offered: string): 0 | 1 | 2 | 3 {
  if (wanted === offered) return 3;
  const [want, offer] = [parse(wanted), parse(offered)];
  if (!want || !offer || want.language !== offer.language) return 0;
  return want.script === offer.script ? 2 : 1;
}

/** With the script that goes without saying. */
function parse(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return null;
  }
}
