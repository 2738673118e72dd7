import { expect } from "expect";
import { linksIn } from "../../lib/protocol/markdown/links.ts";

Deno.test("a message's links are found in the order of the text, each once, wherever they stand", () => {
  const cases: Record<string, string[]> = {
    "See https://a.example/x. And http://b.example": ["https://a.example/x", "http://b.example/"],
    "[here](https://a.example) https://a.example/": ["https://a.example/"],
    "**bold https://a.example/b** ~~https://a.example/s~~": ["https://a.example/b", "https://a.example/s"],
    "> https://a.example/q\n\n- https://a.example/l\n- [two](https://b.example/l)": [
      "https://a.example/q",
      "https://a.example/l",
      "https://b.example/l",
    ],
    "HTTPS://A.example": ["https://a.example/"],
  };
  for (const [text, links] of Object.entries(cases)) expect([text, linksIn(text)]).toEqual([text, links]);
});

Deno.test("there is no link in code, in spoilers, between angle brackets or to where no page is", () => {
  for (
    const text of [
      "no link",
      "`https://a.example`",
      "```\nhttps://a.example\n```",
      "||https://a.example||",
      "||**[a](https://a.example)**||",
      "<https://a.example>",
      "[a](<https://a.example>)",
      "mailto:ann@example.org [a](mailto:ann@example.org)",
      "ftp://a.example javascript://a.example",
      "https://user:secret@a.example",
      "e1.AAAAAAAAAAAAAAAA.bbbbbbbbbbbbbbbbbbbbbbbb",
    ]
  ) expect([text, linksIn(text)]).toEqual([text, []]);
});

Deno.test("an address is a link once more when it stands outside of angle brackets too", () => {
  expect(linksIn("<https://a.example> https://a.example/")).toEqual(["https://a.example/"]);
});
