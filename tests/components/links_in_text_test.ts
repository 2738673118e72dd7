import { expect } from "expect";
import fc from "fast-check";
import { partsOf } from "../../components/room/links_in_text.ts";

const addresses = (text: string) => partsOf(text).filter((part) => part.href).map((part) => part.href);

Deno.test("an address ends where the sentence goes on", () => {
  expect(addresses("See https://example.org/a. Or (https://example.org/b)!")).toEqual([
    "https://example.org/a",
    "https://example.org/b",
  ]);
  expect(addresses("https://en.wikipedia.org/wiki/Lantern_(disambiguation)")).toEqual([
    "https://en.wikipedia.org/wiki/Lantern_(disambiguation)",
  ]);
});

Deno.test("only web addresses become links", () => {
  expect(addresses("javascript:alert(1) data:text/html,x ftp://example.org http:// https://")).toEqual([]);
});

Deno.test("cutting a text into parts loses nothing of it", () => {
  const pieces = fc.constantFrom(
    "https://example.org",
    "http://",
    ".",
    ")",
    "(",
    " ",
    "\n",
    "<b>",
    "كتاب",
    "🏮",
    "x",
  );
  fc.assert(fc.property(fc.array(pieces), (words) => {
    const text = words.join("");
    expect(partsOf(text).map((part) => part.text).join("")).toBe(text);
  }));
});
