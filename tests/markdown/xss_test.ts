import { expect } from "expect";
import fc from "fast-check";
import { DIRECTION_CONTROLS, UNSEEN } from "../../lib/protocol/markdown/characters.ts";
import { parseMarkdown } from "../../lib/protocol/markdown/parse.ts";
import { walk } from "../../lib/protocol/markdown/tree.ts";
import { drawn, forbidden, wordsOf } from "./render.tsx";
import { PAYLOADS } from "./xss_corpus.ts";

Deno.test("only allowed tags and attributes are drawn when a text was made to break out", () => {
  expect(PAYLOADS.length).toBeGreaterThan(2_500);
  const broken = PAYLOADS.map((text) => ({ text, wrong: forbidden(drawn(text)) }))
    .filter(({ wrong }) => wrong.length > 0);
  expect(broken).toEqual([]);
});

Deno.test("only allowed tags and attributes are drawn when pieces of such texts are mixed", () => {
  const pieces = PAYLOADS.flatMap((text) => text.split(/(?=[<>"'`[\](){}|*\n])/)).filter((piece) =>
    piece.length < 40
  );
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      expect(forbidden(drawn(parts.join("")))).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("the check itself finds what must not be there", () => {
  for (
    const bad of [
      "<script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      '<a href="javascript:alert(1)">a</a>',
      '<a href="//evil.example">a</a>',
      '<div onclick="x">',
      '<p style="color:red">',
      '<span class="x" onload="y">',
      "<svg/onload=alert(1)>",
    ]
  ) {
    expect([bad, forbidden(bad).length > 0]).toEqual([bad, true]);
  }
  expect(
    forbidden('<div class="words" dir="auto">a &lt;b> <a href="https://example.org/?a=1&amp;b">c</a></div>'),
  ).toEqual([]);
});

Deno.test("HTML is shown as it was typed", () => {
  for (
    const text of PAYLOADS.filter((payload) =>
      /^<[^h][^`*_~|[\\@#]*$/.test(payload) && !/https?:|\n|:\w+:/.test(payload)
    )
  ) {
    expect(wordsOf(drawn(text))).toBe(text.replaceAll(/\r\n?/g, "\n").trimEnd());
  }
});

Deno.test("no link leads anywhere but to the web or a mail address, and none in disguise", () => {
  for (const text of PAYLOADS) {
    walk(parseMarkdown(text), (node) => {
      if (node.type !== "link") return;
      const { protocol, username, password } = new URL(node.href);
      expect([text, protocol]).toEqual([text, expect.stringMatching(/^(https?|mailto):$/)]);
      expect([text, username, password, UNSEEN.test(node.href)]).toEqual([text, "", "", false]);
      walk([{ type: "paragraph", children: node.children }], (inside) => {
        if ("text" in inside) expect(inside.text.search(DIRECTION_CONTROLS)).toBe(-1);
        expect(inside.type).not.toBe("link");
      });
    });
  }
});
