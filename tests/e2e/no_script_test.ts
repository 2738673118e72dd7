import { expect } from "expect";
import type { Browser } from "playwright-core";
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

Deno.test("somebody finds a room, comes in, reads, speaks and leaves when there is no JavaScript", async () => {
  const person = await Person.sitDown(browser, server.origin, { javaScriptEnabled: false });
  const { page } = person;
  await page.goto("/");
  await page.getByRole("link", { name: /lounges/i }).first().click();
  await page.waitForURL("**/lounges");
  await page.locator('a[href="/lounges/general/en"]').first().click();
  await page.waitForURL("**/lounges/general/en");
  expect(await page.locator("article[id^=m-]").count()).toBeGreaterThan(20);
  expect(await page.locator("#message").count()).toBe(0);

  await page.locator('a[href^="/guest?next="]').last().click();
  await page.getByLabel("Your name here").fill("Nora");
  await page.getByLabel("I am 18 or older", { exact: true }).check();
  await page.getByRole("button", { name: "Come in" }).click();
  await page.waitForURL("**/lounges/general/en");

  await page.locator("#message").fill("Written <b>without</b> a script");
  await page.getByRole("button", { name: "Send" }).click();
  const mine = page.locator("article[id^=m-]").last();
  await mine.getByText("Written <b>without</b> a script").waitFor();
  expect(await mine.textContent()).toContain("Nora");

  await page.locator("#message").fill("And once more");
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator("article[id^=m-]").last().getByText("And once more").waitFor();
  // Loading the page again posts nothing: the answer to a form was a redirect.
  await page.reload();
  expect(await page.getByText("And once more", { exact: true }).count()).toBe(1);

  await page.getByRole("link", { name: "Older messages" }).click();
  expect(await page.locator("article[id^=m-]").count()).toBeGreaterThan(5);
  expect(await page.getByText("And once more", { exact: true }).count()).toBe(0);

  await page.goto("/lounges");
  await page.getByRole("button", { name: "Leave" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await page.goto("/lounges/general/en");
  expect(await page.locator("#message").count()).toBe(0);
  await person.getUp();
});

Deno.test("a form says what is wrong and keeps what was written when there is no JavaScript", async () => {
  const person = await Person.sitDown(browser, server.origin, { javaScriptEnabled: false });
  person.expectProblems(/status of 400/);
  const { page } = person;
  await page.goto("/guest?next=/lounges/general/en");
  await page.getByLabel("Your name here").fill("<Nora>");
  await page.getByLabel("I am 18 or older", { exact: true }).check();
  await page.getByRole("button", { name: "Come in" }).click();
  await page.getByText("letters, digits, spaces, dots, dashes or underscores.").first().waitFor();
  const field = page.getByLabel("Your name here");
  expect(await field.inputValue()).toBe("<Nora>");
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  await field.fill("Nora");
  await page.getByRole("button", { name: "Come in" }).click();
  await page.waitForURL("**/lounges/general/en");
  await person.getUp();
});
