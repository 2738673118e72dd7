import { expect } from "expect";
import * as fc from "fast-check";
import { acceptedLanguages } from "../../lib/http/languages.ts";

Deno.test("the browser's languages come in the reader's order when the header says one", () => {
  const headers: Record<string, string[]> = {
    "es": ["es"],
    "pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7": ["pt-BR", "pt", "en-US", "en"],
    "en;q=0.3, de;q=0.9 , fr": ["fr", "de", "en"],
    "de;q=0.5,fr;q=0.5": ["de", "fr"],
    "EN-gb": ["en-GB"],
    "iw": ["he"],
    "es, ES;q=0.2": ["es"],
    "en;Q=0.2, it;q = 0.4": ["it", "en"],
  };
  for (const [header, languages] of Object.entries(headers)) {
    expect([header, acceptedLanguages(header)]).toEqual([header, languages]);
  }
});

Deno.test("what is no language, or not wanted, is passed over when the header names it", () => {
  const headers: Record<string, string[]> = {
    "": [],
    "*": [],
    "*;q=0.5, ja;q=0.1": ["ja"],
    "fr;q=0, de": ["de"],
    "fr;q=nonsense, de;q=2, it;q=-1, ru": ["ru"],
    "<script>alert(1)</script>, ko": ["ko"],
    "_,;;q=1,,;,a b,hi": ["hi"],
    "\u0000\u00ff": [],
  };
  for (const [header, languages] of Object.entries(headers)) {
    expect([header, acceptedLanguages(header)]).toEqual([header, languages]);
  }
  expect(acceptedLanguages(null)).toEqual([]);
  expect(acceptedLanguages("x,".repeat(100_000) + "en")).toEqual([]);
});

Deno.test("every language read is a canonical tag and comes once, whatever the header", () => {
  const part = fc.oneof(fc.string(), fc.constantFrom("en", "pt-BR;q=0.1", "zh-Hant;q=1.0", "EN;q=0.4", "*"));
  fc.assert(fc.property(fc.array(part), (parts) => {
    const languages = acceptedLanguages(parts.join(","));
    expect(new Set(languages).size).toBe(languages.length);
    expect(languages.flatMap((tag) => Intl.getCanonicalLocales(tag))).toEqual(languages);
  }));
});
