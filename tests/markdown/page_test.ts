import { expect } from "expect";
import type { Browser } from "playwright-core";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { type MessagesPage, servePage } from "./page.tsx";
import { ALLOWED } from "./render.tsx";
import { PAYLOADS } from "./xss_corpus.ts";

const CODE = "const answer: number = 42; // yes\nif (answer > 3) {\n  console.log(`**${answer}**`);\n}";
const TEXTS = [
  "Plain words, **bold**, *slanted*, ~~gone~~, `code`, :tada: and :lantern:",
  `Look:\n\`\`\`ts\n${CODE}\n\`\`\``,
  "He is ||the [butler](https://a.example/x) himself||!",
  "> What did @ann say in #music/pt?\n\nNothing, @ben. See https://example.org/a_very/long/address?with=many&parts=of_it#and-more",
  "1. first\n2. second\n   - nested **item**\n   - another\n\n1986. A year",
  "**مرحبا** بالجميع، انظروا https://example.org/x و @ann",
  "مرحبا\n\n- واحد\n- اثنان\n\n> اقتباس with English\n\nand an English line",
  "```\nplain block, no language\n```",
  "[bank.example](https://evil.example/login) and [the rules](https://example.org)",
];
const KNOWN = {
  people: { ann: { name: "Ann Lee" }, ben: { name: "Ben" } },
  rooms: { "music/pt": { name: "Music · Português", href: "/lounges/music/pt" } },
  emoji: { tada: "🎉" },
  me: "ann",
};

let browser: Browser;
let page: MessagesPage;

Deno.test.beforeAll(async () => {
  [browser, page] = await Promise.all([startBrowser(), servePage(TEXTS, { known: KNOWN })]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await page?.[Symbol.asyncDispose]();
});

async function sitDown(options = {}): Promise<Person> {
  const person = await Person.sitDown(browser, page.origin, options);
  await person.page.goto("/");
  return person;
}

Deno.test("nothing stands in anybody's way when messages have markup, in light and dark, on desktop and phone", async (test) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
      await test.step(`${colorScheme}, ${viewport.width} px`, async () => {
        const person = await sitDown({ colorScheme, viewport });
        await person.page.locator(".code-keyword").first().waitFor();
        expect(await barriers(person.page)).toEqual([]);
        expect(await overflow(person.page)).toBe(0);
        await person.getUp();
      });
    }
  }
});

Deno.test("code gets its colours once the browser has fetched them, and stays what it was", async () => {
  const person = await sitDown();
  const code = person.page.locator("#m1 pre");
  await code.locator(".code-keyword").first().waitFor();
  expect(await code.textContent()).toBe(CODE);
  expect(await code.locator(".code-comment").textContent()).toBe("// yes\n");
  const colours = await code.locator("span").evaluateAll((spans) =>
    spans.map((span) => getComputedStyle(span).color + (span.getAttribute("style") ?? ""))
  );
  expect(new Set(colours).size).toBeGreaterThan(3);
  await person.getUp();
});

Deno.test("a name of an emoji that the page did not bring is looked up in the browser", async () => {
  const person = await sitDown();
  await person.page.locator("#m0").getByText("🏮").waitFor();
  expect(await person.page.locator("#m0").textContent()).toBe(
    "Plain words, bold, slanted, gone, code, 🎉 and 🏮",
  );
  await person.getUp();
});

Deno.test("colours and names are fetched when a message needs them, and not otherwise", async () => {
  await using plain = await servePage(["**Bold** :tada: and\n```nonsense\nno such language\n```"], {
    known: KNOWN,
  });
  const person = await Person.sitDown(browser, plain.origin);
  await person.page.goto("/", { waitUntil: "networkidle" });
  expect(await person.page.locator("html").getAttribute("data-live")).toBe("true");
  expect(plain.fetched.filter((name) => /highlight|emoji_table/.test(name))).toEqual([]);
  await person.getUp();
  const other = await sitDown();
  await other.page.locator(".code-keyword").first().waitFor();
  expect(page.fetched.filter((name) => name.startsWith("highlight")).length).toBeGreaterThan(0);
  await other.getUp();
});

Deno.test("the code is copied as it was typed when its button is pressed", async () => {
  const person = await sitDown({ permissions: ["clipboard-read", "clipboard-write"] });
  const button = person.page.locator("#m1").getByRole("button", { name: "Copy the code" });
  await button.click();
  await person.page.locator("#m1").getByText("Copied").waitFor();
  expect(await person.page.evaluate(() => navigator.clipboard.readText())).toBe(CODE);
  await button.waitFor();
  await person.getUp();
});

Deno.test("a spoiler opens by mouse and by keyboard, and is closed to screen readers until then", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const person = await sitDown({ javaScriptEnabled });
    const spoiler = person.page.locator("#m2");
    const box = spoiler.getByRole("checkbox", { name: "Show spoiler" });
    expect(await spoiler.getByRole("link").count()).toBe(0);
    expect(await spoiler.locator(".spoiler-words").isVisible()).toBe(false);
    await box.focus();
    await person.page.keyboard.press("Space");
    expect(await spoiler.locator(".spoiler-words").isVisible()).toBe(true);
    expect(await spoiler.getByRole("link").count()).toBe(1);
    await person.page.keyboard.press("Space");
    expect(await spoiler.locator(".spoiler-words").isVisible()).toBe(false);
    await spoiler.locator(".spoiler").click();
    expect(await spoiler.locator(".spoiler-words").isVisible()).toBe(true);
    await person.getUp();
  }
});

Deno.test("everything can be read and no dead button stands there when there are no scripts", async () => {
  const person = await sitDown({ javaScriptEnabled: false });
  expect(await person.page.locator("pre").first().textContent()).toBe(CODE);
  expect(await person.page.getByRole("button").count()).toBe(0);
  expect(await person.page.locator("#m0").textContent()).toContain("🎉 and :lantern:");
  await person.getUp();
});

Deno.test("nothing moves when the browser takes the messages over", async () => {
  const heights = (person: Person) =>
    person.page.locator("article").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  const live = await sitDown();
  await live.page.locator(".code-keyword").first().waitFor();
  await live.page.locator("#m7").getByRole("button").waitFor();
  const still = await sitDown({ javaScriptEnabled: false });
  // The first one has a name of an emoji that is drawn as its name until it is known.
  expect((await heights(live)).slice(1)).toEqual((await heights(still)).slice(1));
  await Promise.all([live.getUp(), still.getUp()]);
});

Deno.test("each block goes its own way when scripts are mixed, and addresses always go left to right", async () => {
  const person = await sitDown();
  const directions = (selector: string) =>
    person.page.locator(selector).evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
  expect(await directions("#m5 > div")).toEqual(["rtl"]);
  expect(await directions("#m5 a")).toEqual(["ltr", "ltr"]);
  expect(await directions("#m6 p, #m6 ul, #m6 blockquote")).toEqual(["rtl", "rtl", "rtl", "rtl", "ltr"]);
  await person.getUp();
});

Deno.test("a browser finds nothing but words and allowed tags when texts were made to break out", async () => {
  await using trap = await servePage(PAYLOADS, { scripts: false });
  const person = await Person.sitDown(browser, trap.origin);
  const asked: string[] = [];
  person.page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    dialog.dismiss();
  });
  person.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await person.page.goto("/", { waitUntil: "networkidle" });
  const seen = await person.page.locator("article").evaluateAll((articles) => {
    const kinds = articles.flatMap((article) => [...article.querySelectorAll("*")])
      .map((element) => [element.localName, ...element.getAttributeNames()].join(" "));
    return { kinds: [...new Set(kinds)], count: articles.length };
  });
  expect(seen.count).toBe(PAYLOADS.length);
  const wrong = seen.kinds.filter((kind) => {
    const [name, ...attributes] = kind.split(" ");
    return !ALLOWED[name!] || !attributes.every((attribute) => ALLOWED[name!]!.test(attribute));
  });
  expect(wrong).toEqual([]);
  const schemes = await person.page.locator("article a").evaluateAll((
    links,
  ) => [...new Set(links.map((link) => (link as HTMLAnchorElement).protocol))]);
  expect(schemes.sort()).toEqual(["https:", "mailto:"]);
  expect(asked.filter((path) => !path.startsWith("/fonts/") && path !== ",")).toEqual(["/", "/style.css"]);
  await person.getUp();
});
