import { expect } from "expect";
import type { Browser, Page } from "playwright-core";
import { barriers } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

const PATH = "/lounges/general/it";

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

async function enter(name: string): Promise<RoomPage> {
  const person = await Person.sitDown(browser, server.origin);
  await person.enter(PATH, name);
  const room = new RoomPage(person);
  await room.live();
  return room;
}

Deno.test("what somebody says folds away when they are blocked, and comes back when they are not", async () => {
  const [ann, ben] = await Promise.all([enter("Ann"), enter("Ben")]);
  const { page } = ann.person;
  const folded = (words: string) => page.locator("summary", { hasText: words });
  const line = (text: string) => page.locator("article .words", { hasText: text });
  await ann.say("Hello Ben");
  await ben.sees("Hello Ben");
  await ben.say("Line 1 by Ben");
  await ann.sees("Line 1 by Ben");

  await line("Line 1 by Ben").hover();
  await page.getByRole("button", { name: "More" }).last().click();
  await page.getByRole("menuitem", { name: "Block Ben" }).click();
  await folded("A message from somebody you blocked").waitFor();
  expect(await line("Line 1 by Ben").isVisible()).toBe(false);
  // The keyboard goes on from where the message was.
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");

  await ben.say("Line 2 by Ben");
  await folded("2 messages from somebody you blocked").waitFor();
  expect(await page.getByRole("log", { name: "New messages" }).textContent()).toBe("");
  expect(await barriers(page)).toEqual([]);

  await page.keyboard.press("Enter");
  await line("Line 2 by Ben").waitFor();
  expect(await barriers(page)).toEqual([]);

  await foldsWithoutScript(ann);

  // The page shows it at once; what a reload shows is what the server has been told by then.
  const told = page.waitForResponse((response) => response.request().method() === "DELETE");
  await page.getByRole("button", { name: "Unblock Ben" }).click();
  await folded("from somebody you blocked").waitFor({ state: "detached" });
  await told;
  for (const text of ["Line 1 by Ben", "Line 2 by Ben"]) expect(await line(text).isVisible()).toBe(true);
  await page.reload();
  await ann.live();
  await until("Ben's lines", async () => (await ann.sent("Line")).length === 2);
  expect(await folded("from somebody you blocked").count()).toBe(0);
  await ann.person.getUp();
  await ben.person.getUp();
});

/** The same person, with scripts switched off: room and landing. */
async function foldsWithoutScript(ann: RoomPage): Promise<void> {
  const storageState = await ann.person.context.storageState();
  const person = await Person.sitDown(browser, server.origin, {
    javaScriptEnabled: false,
    storageState,
    locale: "it",
  });
  const { page } = person;
  await page.goto(PATH);
  const line = page.locator("article .words", { hasText: "Line 2 by Ben" });
  expect(await line.isVisible()).toBe(false);
  await page.locator("summary", { hasText: "2 messages from somebody you blocked" }).click();
  await line.waitFor();
  await page.getByRole("link", { name: "People you blocked" }).waitFor();
  await page.goto("/");
  await page.locator("[data-live]").getByText("2 messages from somebody you blocked").waitFor();
  expect(await page.getByText("Line 2 by Ben").count()).toBe(0);
  await person.getUp();
}

Deno.test("neither an answer nor the typing line tells of somebody who is blocked", async () => {
  const [ann, ben, cleo] = await Promise.all([enter("Ann"), enter("Ben"), enter("Cleo")]);
  const { page } = ann.person;
  await ben.say("What I never want to read");
  await cleo.sees("What I never want to read");
  const said = (page: Page) =>
    page.locator("article:not(:has-text('An answer'))", { hasText: "What I never want to read" }).last();
  await said(cleo.person.page).hover();
  await said(cleo.person.page).getByRole("button", { name: "Reply" }).click();
  await cleo.say("An answer by Cleo");
  await ann.sees("An answer by Cleo");
  await said(page).hover();
  await said(page).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Block Ben" }).click();
  const answer = page.locator("article", { hasText: "An answer by Cleo" });
  await answer.getByText("a message from somebody you blocked").waitFor();
  expect(await answer.textContent()).not.toContain("never want to read");
  await ben.writing.pressSequentially("And another thing", { delay: 20 });
  await cleo.person.page.getByText("Ben is typing…").waitFor();
  expect(await page.getByText("Ben is typing…").count()).toBe(0);
  // Going there opens the fold.
  await answer.getByRole("link", { name: "a message from somebody you blocked" }).click();
  await page.locator("article .words", { hasText: "What I never want to read" }).waitFor();
  for (const room of [ann, ben, cleo]) await room.person.getUp();
});
