import { expect } from "expect";
import { tree } from "./shorthand.ts";

/** Each text and the tree that is expected of it. */
function reads(expected: Record<string, string>): void {
  for (const [text, shape] of Object.entries(expected)) expect([text, tree(text)]).toEqual([text, shape]);
}

/** Texts that mean nothing but themselves. */
function staysAsTyped(...texts: string[]): void {
  for (const text of texts) expect(tree(text)).toBe(text);
}

Deno.test("words get their weight when marks stand around them", () => {
  reads({
    "**bold** and *it* and _it_ and __bold__": "{b bold} and {i it} and {i it} and {b bold}",
    "***both***": "{i {b both}}",
    "**a *b* c**": "{b a {i b} c}",
    "~~gone~~ but ~5 and ~~~": "{s gone} but ~5 and ~~~",
    "*a **b*": "*a *{i b}",
    "`code **not bold**`": "{code code **not bold**}",
    "`` a ` b ``": "{code a ` b}",
    "**强调。**然后": "{b 强调。}然后",
    "これは**「重要」**です": "これは{b 「重要」}です",
    "**مهم** جدا": "{b مهم} جدا",
  });
});

Deno.test("marks are text when they mark nothing", () => {
  staysAsTyped(
    "2 * 3 * 4",
    "snake_case_name",
    "a ** b",
    "5 > 3 and 2 < 4",
    "**open",
    "`open",
    "||open",
    "|| ||",
    "||||",
    "if (a || b) {}",
    "¯\\_(ツ)_/¯",
    "C:\\new\\table.txt",
    "\\d+\\.\\w",
    "&lt;b&gt; &amp; &#42;",
  );
});

Deno.test("headings, tables, rules, pictures and HTML are shown as they were typed", () => {
  staysAsTyped(
    "# Heading",
    "Heading\n=======",
    "Heading\n---",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    "---",
    "* * *",
    "- - -",
    "<b>bold</b>",
    "<!-- x -->",
    "    indented",
    "[x]: y",
    "![a](b.png)",
  );
  reads({ "![a](https://a.example/b.png)": "![a]({link https://a.example/b.png https://a.example/b.png})" });
});

Deno.test("lines and empty lines stay as they were typed", () => {
  reads({
    "a\nb": "a\nb",
    "a\n\n\nb  c": "a\n\n\nb  c",
    "\n\n  a \n\n": "  a",
    "a\r\nb\rc": "a\nb\nc",
    "*a\n\nb*": "*a\n\nb*",
    "": "",
    " \n ": "",
  });
});

Deno.test("a quote ends when a line has no mark, for there the answer begins", () => {
  reads({
    "> a\n> b\nc": "{quote a\nb} ¶ c",
    "> > a\n> b": "{quote {quote a} ¶ b}",
    "a\n> b": "a ¶ {quote b}",
    "> - a\n> - b": "{quote {ul {- a}{- b}}}",
    "> ```\n> x\n> ```": "{quote {pre |x}}",
  });
  staysAsTyped(">_<", ">:(", "->", ">", "> \n>");
});

Deno.test("lists keep their numbers, and what stands further in belongs to the item", () => {
  reads({
    "- a\n- b": "{ul {- a}{- b}}",
    "* a": "{ul {- a}}",
    "3. a\n7. b": "{ol {3 a}{7 b}}",
    "1) a\n\n2) b": "{ol {1 a}{2 b}}",
    "- a\n  - b\n    - c\n- d": "{ul {- a ¶ {ul {- b ¶ {ul {- c}}}}}{- d}}",
    "1. a\n  more": "{ol {1 a\nmore}}",
    "- a\nafter": "{ul {- a}} ¶ after",
    "- a\n\nafter": "{ul {- a}} ¶ after",
    "- a\n1. b": "{ul {- a}} ¶ {ol {1 b}}",
    "so:\n1. a": "so: ¶ {ol {1 a}}",
    "- ```js\n  x\n  ```": "{ul {- {pre js|x}}}",
  });
  staysAsTyped("-a", "-", "1.a", "1234567890. a", "007. Bond", "in\n1986. It rained", "+1");
});

Deno.test("code stands between fences, however they were put in a hurry", () => {
  reads({
    "```js\nfoo()\n```": "{pre js|foo()}",
    "```\n  a\n\n  b\n```\nafter": "{pre |  a\n\n  b} ¶ after",
    "~~~py\nx\n~~~": "{pre py|x}",
    "````\n```\n````": "{pre |```}",
    "```js\nfoo()```": "{pre js|foo()}",
    "```two words\nmore\n```": "{pre |two words\nmore}",
    "```C++\nx": "{pre c++|x}",
    "```one line```": "{code one line}",
    "```\n**not** @ann ||x||\n```": "{pre |**not** @ann ||x||}",
    "```\n```": "{pre |}",
  });
});

Deno.test("a spoiler hides what stands between two pairs of bars", () => {
  reads({
    "||a||": "{spoiler a}",
    "|| a || b": "{spoiler  a } b",
    "||a\nb||": "{spoiler a\nb}",
    "||**a** `b`||": "{spoiler {b a} {code b}}",
    "**||a||**": "{b {spoiler a}}",
    "|||a|||": "|{spoiler a}|",
    "||a||b||": "{spoiler a}b||",
    "||https://a.example||": "{spoiler {link https://a.example/ https://a.example}}",
  });
});

Deno.test("people, rooms and emoji are named by their marks, and not within words or code", () => {
  reads({
    "@ann: see #music/pt :+1:": "{@ ann}: see {# music/pt} {: +1}",
    "(@ann_lee)": "({@ ann_lee})",
    "你好@ann": "你好{@ ann}",
    "_hello @ann_": "{i hello {@ ann}}",
    "**@ann**": "{b {@ ann}}",
    ":tears_of_joy::100:": "{: tears_of_joy}{: 100}",
    "`@ann #room :tada:`": "{code @ann #room :tada:}",
    "\\@ann \\#room \\:tada:": "@ann #room :tada:",
    "[@ann #room](https://a.example)": "{labelled https://a.example/ @ann #room}",
  });
  staysAsTyped("ann@example.org", "@an", "@abcdefghijklmnopqrstu", "@@ann", "@ann@example.social", "@12345");
  staysAsTyped("a#b", "#1", "# room", "&#x41;", "#-a", "10:30:45", ":)", "::", ": a:", "a:b");
});
