import { expect } from "expect";
import fc from "fast-check";
import { fold } from "../../lib/search/fold.ts";
import { snippetOf } from "../../lib/search/snippet.ts";
import { wordsIn } from "../../lib/search/words.ts";

const texts = (text: string) => wordsIn(text).map(({ text }) => text);

Deno.test("letters that people write in several ways fold into one", () => {
  const pairs: [string, string][] = [
    ["École", "ecole"],
    ["Straße", "STRASSE"],
    ["Łódź", "lodz"],
    ["İstanbul", "istanbul"],
    ["ёлка", "елка"],
    ["ΣΟΦΟΣ", "σοφος"],
    ["القِطّ", "قط".padStart(4, "ال")],
    ["مُحَمَّد", "محمد"],
    ["أحمد", "احمد"],
    ["مدرسة", "مدرسه"],
    ["الكتاب", "كتاب"],
    ["والكتاب", "كتاب"],
    ["ज़िंदगी", "जिंदगी"],
    ["ＡＢＣ１２", "abc12"],
    ["٢٠٢٦", "2026"],
    ["ﬁn", "fin"],
  ];
  for (const [one, other] of pairs) expect([one, fold(one)]).toEqual([one, fold(other)]);
  // God is not “to him”: too little would be left.
  expect(fold("الله")).toBe("الله");
});

Deno.test("scripts without spaces are cut into characters and pairs, others into words", () => {
  expect(texts("Don't panic_now, iPhone手机!")).toEqual([
    ...["don", "t", "panic", "now", "iphone"],
    ...["手", "手机", "机"],
  ]);
  expect(texts("학교에서")).toEqual(["학", "학교", "교", "교에", "에", "에서", "서"]);
  expect(texts("コーヒー 🎉👩‍💻")).toEqual(["コ", "コー", "ー", "ーヒ", "ヒ", "ヒー", "ー", "🎉", "👩", "💻"]);
});

Deno.test("a word stands where it says, and holds nothing that a tsvector could take for its own, in any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      let last = 0;
      for (const word of wordsIn(text)) {
        expect(text.slice(word.start, word.start + word.written.length)).toBe(
          word.kind === "pair" ? text.slice(word.start, word.start + word.written.length) : word.written,
        );
        expect(word.text).toMatch(/^[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+$/u);
        expect(word.text.length).toBeLessThanOrEqual(64);
        expect(word.position).toBeGreaterThanOrEqual(last);
        last = word.position;
      }
    }),
    { numRuns: 1_500 },
  );
});

Deno.test("folding twice is folding once, in any word", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
      for (const { text: word, kind } of wordsIn(text)) {
        // A pair is put together from what was folded.
        if (kind === "pair") continue;
        // What stood behind the article may look like one itself.
        if (!/^[\u0600-\u06ff]/.test(word)) expect(fold(word)).toBe(word);
      }
    }),
    { numRuns: 1_500 },
  );
});

Deno.test("a snippet is the text itself when it is short, and what stands around the hit when it is long", () => {
  expect(snippetOf("green tea", [{ start: 6, end: 9 }])).toEqual([{ text: "green " }, {
    text: "tea",
    hit: true,
  }]);
  const long = `${"word ".repeat(100)}needle${" word".repeat(100)}`;
  const pieces = snippetOf(long, [{ start: 500, end: 506 }]);
  expect(pieces.map(({ hit }) => hit)).toEqual([undefined, undefined, true, undefined, undefined]);
  expect([pieces[0]!.text, pieces.at(-1)!.text]).toEqual(["…", "…"]);
  expect(pieces.map(({ text }) => text).join("").length).toBeLessThan(300);
});

Deno.test("a snippet never cuts a character in two, and shows all its marks in order, in any text", () => {
  const mark = fc.tuple(fc.nat(900), fc.integer({ min: 1, max: 20 }));
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 900 }),
      fc.array(mark, { maxLength: 5 }),
      (text, marks) => {
        let last = 0;
        const ranges = marks.toSorted((a, b) => a[0] - b[0]).flatMap(([from, size]) => {
          const start = Math.max(from, last);
          last = Math.min(start + size, text.length);
          return start < last ? [{ start, end: last }] : [];
        });
        const shown = snippetOf(text, ranges).map(({ text }) => text).join("");
        if (text.length <= 280) expect(shown).toBe(text);
        expect(text).toContain(shown.replace(/^…/, "").replace(/…$/, ""));
      },
    ),
  );
});
