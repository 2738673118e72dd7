import { expect } from "expect";
import { canonicalLanguage, directionOf, languageOf, suits } from "../../lib/protocol/languages.ts";

Deno.test("a tag comes out in its canonical spelling when it names a language", () => {
  const tags = {
    "EN": "en",
    "pt-br": "pt-BR",
    "zh-hant": "zh-Hant",
    "iw": "he",
    "sv": "sv",
    "az-arab": "az-Arab",
  };
  for (const [typed, tag] of Object.entries(tags)) expect(canonicalLanguage(typed)).toBe(tag);
});

Deno.test("a tag is refused when it names no language, or is none", () => {
  const wrong = [
    "",
    "*",
    "klingon!",
    "pt_BR",
    "xx",
    "und",
    "mul",
    "en-u-ca-buddhist",
    "x-foo",
    "e".repeat(36),
    "<b>",
  ];
  for (const text of wrong) expect([text, canonicalLanguage(text)]).toEqual([text, null]);
});

Deno.test("a language is called as it calls itself when it is named", () => {
  expect(["es", "pt-BR", "ru"].map((tag) => languageOf(tag).name)).toEqual([
    "Español",
    "Português (Brasil)",
    "Русский",
  ]);
  expect(languageOf("ar")).toEqual({ tag: "ar", name: "العربية", dir: "rtl" });
});

Deno.test("a language runs from right to left when its script does", () => {
  for (const tag of ["ar", "he", "fa", "ur", "ps", "ckb", "az-Arab", "dv"]) {
    expect(directionOf(tag)).toBe("rtl");
  }
  for (const tag of ["en", "az", "ru", "zh-Hant", "ur-Latn", "nonsense!", null]) {
    expect(directionOf(tag)).toBe("ltr");
  }
});

Deno.test("a room suits a reader the better the closer its language is to theirs", () => {
  expect(suits("pt-BR", "pt-BR")).toBe(3);
  expect(suits("pt-PT", "pt")).toBe(2);
  expect(suits("zh-TW", "zh-Hant")).toBe(2);
  expect(suits("zh-TW", "zh")).toBe(1);
  expect(suits("en", "de")).toBe(0);
  expect(suits("!", "en")).toBe(0);
});
