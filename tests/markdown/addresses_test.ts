import { expect } from "expect";
import { tree } from "./shorthand.ts";

function reads(expected: Record<string, string>): void {
  for (const [text, shape] of Object.entries(expected)) expect([text, tree(text)]).toEqual([text, shape]);
}

Deno.test("an address ends where the sentence goes on", () => {
  const lantern = "https://en.wikipedia.org/wiki/Lantern_(disambiguation)";
  reads({
    "See https://example.org/a. Or (https://example.org/b)!":
      "See {link https://example.org/a https://example.org/a}. Or ({link https://example.org/b https://example.org/b})!",
    [lantern]: `{link ${lantern} ${lantern}}`,
    "**https://a.example/x**": "{b {link https://a.example/x https://a.example/x}}",
    "看https://a.example/x。好": "看{link https://a.example/x https://a.example/x}。好",
    "<https://a.example/x.>": "{link https://a.example/x. https://a.example/x.}",
    "HTTPS://A.example": "{link https://a.example/ https://a.example/}",
    "mailto:ann@example.org.": "{link mailto:ann@example.org mailto:ann@example.org}.",
  });
});

Deno.test("a label stands beside the host that it leads to", () => {
  reads({
    "[the **rules**](https://a.example:8080/x)": "{labelled https://a.example:8080/x the {b rules}}",
    "[bank.example](https://evil.example)": "{labelled https://evil.example/ bank.example}",
    "[https://bank.example](https://evil.example)": "{labelled https://evil.example/ https://bank.example}",
    "[a](<https://a.example/(x>)": "{labelled https://a.example/(x a}",
    "[a](https://a.example/w_(x))": "{labelled https://a.example/w_(x) a}",
    "[write](mailto:ann@example.org)": "{labelled mailto:ann@example.org write}",
    "[\u202emoc.knab](https://evil.example)": "{labelled https://evil.example/ moc.knab}",
    "[||a||](https://a.example)": "{labelled https://a.example/ ||a||}",
  });
});

Deno.test("nothing is a link when it leads elsewhere than the web or a mail address", () => {
  for (
    const to of [
      "javascript:alert(1)",
      "data:text/html,x",
      "vbscript:x",
      "ftp://example.org",
      "//example.org",
      "/logout",
      "?x=1",
      "https:example.org",
      "https://",
    ]
  ) {
    expect([to, tree(`[a](${to})`)]).toEqual([to, `[a](${to})`]);
  }
});

Deno.test("no address is followed that hides where it leads", () => {
  const secrets = ["https://bank.example@evil.example", "https://@evil.example", "https://a:b@evil.example/"];
  for (const to of secrets) expect(tree(to)).toBe(to);
  reads({
    // Cyrillic letters that look like "apple".
    "https://аррӏе.com/login": "{link https://xn--80ak6aa92e.com/login https://xn--80ak6aa92e.com/login}",
    "https://bücher.example": "{link https://xn--bcher-kva.example/ https://xn--bcher-kva.example/}",
    "https://ar.wikipedia.org/wiki/فانوس":
      "{link https://ar.wikipedia.org/wiki/%D9%81%D8%A7%D9%86%D9%88%D8%B3 https://ar.wikipedia.org/wiki/فانوس}",
    // What cannot be seen ends an address.
    "https://bank.example\u200b.evil.example":
      "{link https://bank.example/ https://bank.example}\u200b.evil.example",
    "https://a.example/\u202egnp.exe": "{link https://a.example/ https://a.example/}\u202egnp.exe",
    "https://0x7f.1/": "{link https://127.0.0.1/ https://127.0.0.1/}",
    "https://a.example/a/../b": "{link https://a.example/b https://a.example/b}",
  });
});
