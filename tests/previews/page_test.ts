/** What a page says of itself, however well it says it. */
import { expect } from "expect";
import { createHeadReader } from "../../lib/previews/head.ts";
import { readPage } from "../../lib/previews/page.ts";
import { tidyWords } from "../../lib/previews/words.ts";

const URL_OF_PAGE = new URL("https://page.example/a/b?c");

/** @param step bytes a piece */
async function facts(
  page: string | Uint8Array,
  { charset, step = 7 }: { charset?: string; step?: number } = {},
) {
  const bytes = typeof page === "string" ? new TextEncoder().encode(page) : page;
  const pieces = Array.from(
    { length: Math.ceil(bytes.length / step) },
    (_, index) => bytes.subarray(index * step, (index + 1) * step),
  );
  const body = ReadableStream.from(pieces);
  return await readPage({ url: URL_OF_PAGE, type: "text/html", body, ...(charset && { charset }) });
}

const bytesOf = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : part
    ),
  );

Deno.test("a page is described by its Open Graph tags when it has them", async () => {
  const page = `<!doctype html><html prefix="og: https://ogp.me/ns#"><head>
    <title>Plain title</title><meta name="description" content="plain">
    <meta property="og:title" content="Lanterns &amp; &#x1F3EE; at dusk">
    <meta property="og:description" content="A  walk
      by the river."><meta property="og:site_name" content="The Gazette">
    <meta property="og:type" content="article"><meta property="og:image" content="../dusk.jpg?w=1200&amp;h=630">
    <meta property="og:title" content="second"></head><body><title>third</title>`;
  expect(await facts(page)).toEqual({
    title: "Lanterns & 🏮 at dusk",
    description: "A walk by the river.",
    siteName: "The Gazette",
    type: "article",
    picture: new URL("https://page.example/dusk.jpg?w=1200&h=630"),
  });
});

Deno.test("a page is described by its Twitter tags, and else by its own, when there are no others", async () => {
  expect(
    await facts(`<meta name="twitter:title" content="T"><meta name="twitter:description" content="D">
      <meta name="twitter:image" content="//cdn.example/x.png"><title>no</title>`),
  ).toEqual({ title: "T", description: "D", type: "website", picture: new URL("https://cdn.example/x.png") });
  expect(await facts(`<title> Plain <b>title</b> </title><META NAME=Description CONTENT=plain>`)).toEqual({
    title: "Plain <b>title</b>",
    description: "plain",
    type: "website",
  });
});

Deno.test("a page without a title, or without HTML, has nothing to show", async () => {
  for (
    const page of [
      "",
      "<p>words</p>",
      "<title></title>",
      "<title> \u202e\n </title>",
      "{}",
      "%PDF-1.7",
    ]
  ) {
    expect([page, await facts(page)]).toEqual([page, null]);
  }
  expect(await facts(bytesOf([0, 1, 2, 255, 254, 253]))).toBe(null);
});

Deno.test("a page is read as well as can be when its HTML is not well-formed", async () => {
  const broken = [
    `<title>Here`,
    `</p></i><title>Here</title>`,
    `<meta property="og:title" content="Here" <meta><head>`,
    `<head><div><p><meta property=og:title content=Here></div>`,
    `<!-- <title>not</title> --><script>"<title>not</title>"</script><title>Here</title>`,
    `<<<title>Here</title>`,
    `\u0000<title>Here\u0000</title>`,
  ];
  for (const page of broken) expect([page, (await facts(page))?.title]).toEqual([page, "Here"]);
});

Deno.test("words stay words: no markup, no control characters, nothing that turns the line around", async () => {
  const page = `<title>&lt;img src=x onerror=alert(1)&gt;\u202egnp.exe\u2066&#0;&#8238; \u0007x</title>`;
  expect((await facts(page))?.title).toBe("<img src=x onerror=alert(1)>gnp.exe\ufffd x");
  expect(tidyWords("\ud800 lone", 20)).toBe("\ufffd lone");
  expect(tidyWords("می‌خواهم 👩‍👩‍👧", 20)).toBe("می‌خواهم 👩‍👩‍👧");
});

Deno.test("words are cut between letters when they are too long", () => {
  expect(tidyWords("abcdef", 6)).toBe("abcdef");
  expect(tidyWords("abcdefg", 6)).toBe("abcde…");
  expect(tidyWords("ab 👩‍👩‍👧👩‍👩‍👧", 13)).toBe("ab 👩‍👩‍👧…");
  expect(tidyWords("x\u0301".repeat(9), 6)).toBe("x\u0301x\u0301…");
  expect(tidyWords(" \n ", 6)).toBe(undefined);
});

Deno.test("a picture is looked for where the page says, its base minded", async () => {
  const picture = async (page: string) => (await facts(`<title>x</title>${page}`))?.picture?.href;
  expect(await picture(`<base href="/files/"><meta property="og:image" content="x.png">`))
    .toBe("https://page.example/files/x.png");
  expect(await picture(`<meta property="og:image" content=" http://other.example/x.png ">`))
    .toBe("http://other.example/x.png");
  expect(await picture(`<base href="http://["><meta property="og:image" content="http://[">`)).toBe(
    undefined,
  );
  expect(await picture(`<meta property="og:image" content="">`)).toBe(undefined);
});

Deno.test("a page's type is one that we know", async () => {
  const type = async (given: string) =>
    (await facts(`<title>x</title><meta property="og:type" content="${given}">`))?.type;
  expect(await type("video.other")).toBe("video");
  expect(await type(" Article ")).toBe("article");
  for (const unknown of ["", "product", "constructor", "website.x.y"]) {
    expect(await type(unknown)).toBe("website");
  }
});

Deno.test("a page is read in its own charset", async () => {
  const title = (bytes: number[]) => bytesOf("<title>", bytes, "</title>");
  const named = (name: string) => `<meta http-equiv="Content-Type" content="text/html; charset=${name}">`;
  const japanese = [0x93, 0xfa, 0x96, 0x7b];
  const russian = [0xcc, 0xe8, 0xf0];
  const cases: [what: string, page: Uint8Array, title: string, charset?: string][] = [
    ["the server's word", title(japanese), "日本", "Shift_JIS"],
    ["the page's", bytesOf(`<meta charset="shift_jis">`, [...title(japanese)]), "日本"],
    ["the page's older form", bytesOf(named("windows-1251"), [...title(russian)]), "Мир"],
    [
      "the server's against the page's",
      bytesOf(`<meta charset=big5>`, [...title(russian)]),
      "Мир",
      "windows-1251",
    ],
    ["GBK", title([0xd6, 0xd0, 0xb9, 0xfa]), "中国", "gbk"],
    ["EUC-KR", title([0xc7, 0xd1, 0xb1, 0xb9]), "한국", "euc-kr"],
    ["Latin 1", title([0x47, 0x72, 0xfc, 0xdf, 0x65]), "Grüße", "iso-8859-1"],
    ["none: UTF-8", title([0x47, 0x72, 0xc3, 0xbc]), "Grü"],
    ["one that there is not", title([0x47, 0x72, 0xc3, 0xbc]), "Grü", "utf-7"],
    ["UTF-16 that cannot be", bytesOf(`<meta charset="utf-16">`, [...title([0x47, 0xc3, 0xbc])]), "Gü"],
    ["a mark against the server's word", bytesOf([0xef, 0xbb, 0xbf], [...title([0xc3, 0xbc])]), "ü", "gbk"],
    [
      "a mark of UTF-16",
      bytesOf([0xff, 0xfe], [..."<title>ü</title>"].flatMap((c) => [c.charCodeAt(0), 0])),
      "ü",
    ],
  ];
  for (const [what, page, expected, charset] of cases) {
    for (const step of [1, 5, 5_000]) {
      expect([what, step, (await facts(page, { charset, step }))?.title]).toEqual([what, step, expected]);
    }
  }
});

Deno.test("a head is over at its end, at the body, and when it has more tags than heads have", () => {
  const read = (page: string) => createHeadReader().write(page);
  expect(read("<head><title>x</title></head>")).toBe(true);
  expect(read("<title>x</title><body class=x>")).toBe(true);
  expect(read(`<script>"</head><body>"</script><meta name=a content=b>`)).toBe(false);
  // What the parser does with these grows with the square of their number.
  for (const piece of ["<b>", "<b></i>", "<x-a><x-b>"]) {
    expect([piece, read(piece.repeat(2_000)) || read(piece.repeat(4_000))]).toEqual([piece, true]);
  }
});
