import { expect } from "expect";
import fc from "fast-check";
import { isEmptySearch, parseSearch } from "../../lib/protocol/search.ts";

const words = (text: string) => parseSearch(text).terms.map(({ text }) => text);

Deno.test("words, quotes and what must not be there are told apart when they stand in one query", () => {
  expect(parseSearch('tea "green leaves" -milk -"with sugar"').terms).toEqual([
    { text: "tea", phrase: false, without: false },
    { text: "green leaves", phrase: true, without: false },
    { text: "milk", phrase: false, without: true },
    { text: "with sugar", phrase: true, without: true },
  ]);
});

Deno.test("filters are read with their values, quoted or not, in whatever case", () => {
  const query = parseSearch(
    'FROM:@ann from:"Noor K" -from:bob in:#book-club In:general/en has:Link -has:picture tea',
  );
  expect(query).toEqual({
    terms: [{ text: "tea", phrase: false, without: false }],
    from: [{ value: "ann", without: false }, { value: "Noor K", without: false }, {
      value: "bob",
      without: true,
    }],
    in: [{ value: "book-club", without: false }, { value: "general/en", without: false }],
    has: [{ value: "link", without: false }, { value: "picture", without: true }],
  });
});

Deno.test("a day, a month and a year begin at midnight UTC when they are asked for", () => {
  const at = (text: string) => parseSearch(text);
  expect(at("before:2026-11-01").before).toBe("2026-11-01T00:00:00.000Z");
  expect(at("after:2026-02").after).toBe("2026-02-01T00:00:00.000Z");
  expect(at("after:2024").after).toBe("2024-01-01T00:00:00.000Z");
  expect(at("after:2024 after:2025").after).toBe("2025-01-01T00:00:00.000Z");
});

Deno.test("what only looks like a filter counts as words", () => {
  for (
    const text of [
      "has:dog",
      "before:tea",
      "before:2026-02-30",
      "after:2026-13",
      "-before:2026",
      "https://a.example/b",
      "foo:bar",
      "from:",
    ]
  ) {
    const query = parseSearch(text);
    expect([text, words(text)]).toEqual([text, [text.replace(/^-/, "")]]);
    expect([query.from, query.in, query.has, query.before, query.after]).toEqual([
      [],
      [],
      [],
      undefined,
      undefined,
    ]);
  }
});

Deno.test("a quote that is left open ends with the query, and curly quotes are quotes", () => {
  expect(parseSearch('"green tea').terms).toEqual([{ text: "green tea", phrase: true, without: false }]);
  expect(parseSearch("“green tea” «с сахаром»").terms).toEqual([
    { text: "green tea", phrase: true, without: false },
    { text: "с сахаром", phrase: true, without: false },
  ]);
});

Deno.test("nothing is asked for when there are only spaces and empty quotes", () => {
  for (const text of ["", "   ", '""', '-""']) {
    expect([text, isEmptySearch(parseSearch(text))]).toEqual([text, true]);
  }
  expect(isEmptySearch(parseSearch("after:2026"))).toBe(false);
});

Deno.test("the parser takes any text, and loses no letter or digit of it", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      ' "',
      '" ',
      " -",
      ":",
      "from:",
      "in:",
      "has:link",
      "before:2026",
      "after:2026-02-31",
      "“",
      "«",
      "：",
      "\n",
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      const { terms, from, in: rooms, has, before, after } = parseSearch(text);
      const kept = [
        ...terms.map(({ text }) => text),
        ...[...from, ...rooms, ...has].map(({ value }) => value),
      ];
      // Filters keep their values; their names and dates are read, not kept.
      if (from.length + rooms.length + has.length > 0 || before || after) return;
      const letters = (text: string) => text.match(/[\p{L}\p{N}]/gu)?.join("") ?? "";
      expect(letters(kept.join(""))).toBe(letters(text));
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("reading a query takes no longer than it is long when it is made to be slow", () => {
  for (
    const text of [
      '"'.repeat(2000),
      "-".repeat(2000),
      "a:".repeat(1000),
      "from:".repeat(400),
      '-"'.repeat(1000),
    ]
  ) {
    const began = performance.now();
    parseSearch(text);
    expect(performance.now() - began).toBeLessThan(200);
  }
});
