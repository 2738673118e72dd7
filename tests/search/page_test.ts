import { expect } from "expect";
import type { Browser } from "playwright-core";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { type Server, startServer } from "../support/server.ts";

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

Deno.test("somebody searches, narrows it down, turns the page and goes to the message when there is no JavaScript", async () => {
  const person = await Person.sitDown(browser, server.origin, { javaScriptEnabled: false });
  const { page } = person;
  await person.enter("/search", "Nora");
  await page.getByRole("heading", { name: "What you can ask for" }).waitFor();

  await page.getByLabel("Search messages").fill("the in:general/en");
  await page.getByRole("button", { name: "Search" }).click();
  await page.waitForURL("**/search?q=*");
  const results = page.locator("[data-message]");
  const count = await results.count();
  expect(count).toBeGreaterThan(5);
  expect(await page.getByRole("status").textContent()).toMatch(/^\d+\+? messages$/);
  for (const mark of await results.locator("mark").allTextContents()) {
    expect(mark.toLowerCase()).toMatch(/^the/);
  }
  expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual(["General · English"]);

  await page.getByRole("link", { name: "From me" }).click();
  await page.getByText("Nothing like that was said").waitFor();
  expect(await page.getByLabel("Search messages").inputValue()).toBe("the in:general/en from:me");
  await page.getByRole("link", { name: /From me/ }).click();
  expect(await results.count()).toBe(count);

  await page.getByRole("link", { name: "Best", exact: true }).click();
  expect(await page.getByRole("link", { name: "Best", exact: true }).getAttribute("aria-current")).toBe(
    "page",
  );
  expect(await results.count()).toBe(count);

  const id = await results.nth(2).getAttribute("data-message");
  await results.nth(2).click();
  await page.waitForURL(`**/lounges/general/en?m=${id}`);
  await person.getUp();
});

Deno.test("words are shown as they were written, whatever they are, and found again by the query in the field", async () => {
  const person = await Person.sitDown(browser, server.origin, { javaScriptEnabled: false });
  const { page } = person;
  await person.enter("/lounges/general/en", "Mallory");
  const hostile = '<img src=x onerror="alert(1)"> & </mark><script>alert(2)</script> payloadword';
  await page.locator("#message").fill(hostile);
  await page.getByRole("button", { name: "Send" }).click();
  await page.goto(`/search?q=${encodeURIComponent('payloadword "onerror"')}`);
  const result = page.locator("[data-message]");
  expect(await result.locator("mark").allTextContents()).toEqual(["onerror", "payloadword"]);
  expect(await result.textContent()).toContain(hostile);
  expect(await result.locator("img[src=x], script").count()).toBe(0);
  await page.goto(`/search?q=${encodeURIComponent('"><script>alert(3)</script>')}`);
  expect(await page.getByLabel("Search messages").inputValue()).toBe('"><script>alert(3)</script>');
  await person.getUp();
});

Deno.test("a name that nobody bears is said to be so", async () => {
  const person = await Person.sitDown(browser, server.origin);
  const { page } = person;
  await person.enter("/search", "Nora");
  await page.goto("/search?q=tea+from:nobody_at_all+in:nowhere");
  await page.getByText("There is nobody called “nobody_at_all”.").waitFor();
  await page.getByText("You are in no room, and there is no lounge, called “nowhere”.").waitFor();
  await person.getUp();
});

for (
  const [device, viewport] of Object.entries({
    phone: { width: 390, height: 844 },
    desktop: { width: 1280, height: 800 },
  })
) {
  for (const colorScheme of ["light", "dark"] as const) {
    Deno.test(`the search bars nobody and fits its window on a ${device} when it is ${colorScheme}`, async (test) => {
      const person = await Person.sitDown(browser, server.origin, { viewport, colorScheme });
      const { page } = person;
      await person.enter("/search", "Nora");
      for (
        const query of [
          "",
          "?q=the",
          "?q=o&sort=best",
          "?q=%D8%A7%D9%84+in:general/ar",
          "?q=nothinglikethis+from:who",
        ]
      ) {
        await test.step(`/search${query}`, async () => {
          await page.goto(`/search${query}`);
          expect(await barriers(page)).toEqual([]);
          expect(await overflow(page)).toBe(0);
        });
      }
      await person.getUp();
    });
  }
}
