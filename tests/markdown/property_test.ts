import { expect } from "expect";
import fc from "fast-check";
import { escapeMarkdown } from "../../lib/protocol/markdown/escape.ts";
import { parseMarkdown } from "../../lib/protocol/markdown/parse.ts";
import { plainText } from "../../lib/protocol/markdown/plain_text.ts";
import { drawn, forbidden, wordsOf } from "./render.tsx";

const MARKS = "* ** _ __ ~~ || | ` `` ``` ~~~ [ ] ( ) < > > - 1. \\ @ # : ! & ¯ $ = + .".split(" ");
const WORDS = [
  "a",
  "Bé",
  "كتاب",
  "שלום",
  "灯笼",
  "🏮",
  "👩‍💻",
  "7",
  " ",
  "  ",
  "\n",
  "\n\n",
  "\t",
  "\u202e",
  "\u200b",
  "\ud83c",
];
const ADDRESSES = [
  "https://",
  "http://a.example",
  "https://b.example/x_(y)",
  "mailto:",
  "](https://c.example)",
  "@ann",
  "#room",
  ":tada:",
];

const marked = fc.array(fc.constantFrom(...MARKS, ...WORDS), { maxLength: 40 }).map((parts) =>
  parts.join("")
);
const anything = fc.array(
  fc.oneof(fc.constantFrom(...MARKS, ...WORDS, ...ADDRESSES), fc.string({ unit: "binary" })),
  {
    maxLength: 40,
  },
).map((parts) => parts.join(""));

/** What is neither white space nor a character that may be markup. */
function wordsIn(text: string): string {
  return text.replaceAll(/[\s*_~|`[\]()<>\-.\\1]/g, "");
}

/** True when all of `part` stands in `whole`, in this order. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const character of part) {
    at = whole.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

Deno.test("any text is read and drawn, with allowed tags alone", () => {
  fc.assert(
    fc.property(anything, (text) => {
      plainText(parseMarkdown(text));
      expect(forbidden(drawn(text))).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("what is drawn is what was typed without its marks: nothing is added, no word is lost or moved", () => {
  fc.assert(
    fc.property(marked, (text) => {
      // Above code without a language stands "code": that alone was not typed.
      const html = drawn(text).replaceAll(/<figcaption[^>]*><span>code<\/span>/g, "");
      // Numbers of lists are drawn by the browser.
      const shown = wordsOf(html.replaceAll(/<li value="(\d+)">/g, "$1"))
        .replaceAll(/⟨U\+202E⟩/g, "\u202e");
      const typed = text.toWellFormed();
      expect([text, isWithin(shown.toWellFormed(), typed)]).toEqual([text, true]);
      expect(wordsIn(shown.toWellFormed())).toBe(wordsIn(typed));
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("a text without any marks is drawn as it is", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...WORDS)), (words) => {
    const text = words.join("").toWellFormed();
    const lines = text.split("\n");
    while (lines[0]?.trim() === "") lines.shift();
    expect(wordsOf(drawn(text)).toWellFormed()).toBe(lines.join("\n").trimEnd());
  }));
});

Deno.test("an escaped text says what the text was, however often it is escaped", () => {
  fc.assert(
    fc.property(anything, (text) => {
      const one = text.replaceAll(/\r\n?/g, "\n").trim();
      const says = (escaped: string) => plainText(parseMarkdown(escaped));
      expect(says(escapeMarkdown(one))).toBe(one);
      expect(says(escapeMarkdown(escapeMarkdown(one)))).toBe(escapeMarkdown(one));
      expect(parseMarkdown(escapeMarkdown(one)).every(({ type }) => type === "paragraph")).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});
