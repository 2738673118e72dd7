import { expect } from "expect";
import type { Browser, Page } from "playwright-core";
import {
  account,
  DESKTOP,
  holds,
  live,
  openSettings,
  PHONE,
  rowsOf,
  type Seat,
  send,
} from "../support/at_screens.ts";
import { startBrowser } from "../support/browser.ts";
import { type Server, startServer } from "../support/server.ts";

const SILENT = "Nothing can be sent in this conversation any more.";

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** By the button on their page. */
async function writeTo({ page }: Seat, { name }: Seat): Promise<string> {
  await page.goto(`/u/${name}`);
  await page.getByRole("button", { name: `Message ${name}` }).click();
  await page.waitForURL("**/dm/*");
  return new URL(page.url()).pathname;
}

async function startWriting(page: Page, to: string): Promise<void> {
  await page.goto("/dm/new");
  await page.getByRole("textbox", { name: "To" }).fill(to);
  await page.getByRole("button", { name: "Start writing" }).click();
}

Deno.test("two people write to each other, and what is new shows everywhere, when one has found the other's page", async () => {
  const ann = await account(browser, server.origin, { ...DESKTOP, colorScheme: "dark" });
  const ben = await account(browser, server.origin, PHONE);
  await ben.page.getByText("You have not been anywhere yet").waitFor();
  await ann.page.goto(`/u/${ben.name}`);
  await holds(ann.page);
  const path = await writeTo(ann, ben);
  await live(ann);
  await ann.room.say("Good evening, مساء الخير");

  // Ben's list was empty a moment ago, and is not loaded again.
  const row = rowsOf(ben).filter({ hasText: ann.name });
  await row.getByText("1 new").waitFor();
  expect(await row.getAttribute("href")).toBe(path);
  await row.getByText("Good evening, مساء الخير").waitFor();
  await holds(ben.page);
  await row.click();
  await ben.page.waitForURL(`**${path}`);
  await live(ben);
  await ben.room.writing.pressSequentially("And to", { delay: 20 });
  await ann.page.getByText(`${ben.name} is typing…`).waitFor();
  await send(ben, "And to you");
  await ann.room.sees("And to you");
  await holds(ben.page);
  await holds(ann.page);

  await ann.page.goto("/lounges/general/en");
  await live(ann);
  const inRail = ann.page.getByRole("list", { name: "My rooms" }).getByRole("link", { name: ben.name });
  await inRail.getByText("new").waitFor({ state: "detached" });
  await send(ben, "Are you still there?");
  await inRail.getByText("1 new").waitFor();
  for (const { person } of [ann, ben]) await person.getUp();
});

Deno.test("a few people are written to at once, and nothing reaches the one who left", async () => {
  const [ann, ben] = [await account(browser, server.origin), await account(browser, server.origin, PHONE)];
  await startWriting(ann.page, `@${ben.name}, @nobody_of_that_name`);
  await ann.page.getByText("There is nobody here called nobody_of_that_name.").waitFor();
  expect(await ann.page.getByRole("textbox", { name: "To" }).inputValue()).toBe(
    `@${ben.name}, @nobody_of_that_name`,
  );
  ann.person.expectProblems(/400/);
  await holds(ann.page);
  await startWriting(ann.page, `@${ann.name}`);
  await ann.page.getByText("Write to somebody else than yourself.").waitFor();

  const cleo = await account(browser, server.origin, PHONE);
  await startWriting(ann.page, `@${ben.name}, ${cleo.name}`);
  await ann.page.waitForURL("**/dm/*");
  const path = new URL(ann.page.url()).pathname;
  await live(ann);
  for (const { name } of [ben, cleo]) expect(await ann.page.title()).toContain(name);
  await ann.room.say("Supper on Friday?");
  for (const seat of [ben, cleo]) {
    await rowsOf(seat).filter({ hasText: "Supper on Friday?" }).getByText("1 new").waitFor();
    await holds(seat.page);
  }
  await rowsOf(cleo).first().click();
  await cleo.page.waitForURL(`**${path}`);
  await live(cleo);
  await send(cleo, "Not me, sadly");
  await ann.room.sees("Not me, sadly");
  await rowsOf(ben).getByText("2 new").waitFor();

  await openSettings(cleo);
  await holds(cleo.page);
  await cleo.page.locator("summary", { hasText: "Leave this room" }).click();
  await cleo.page.getByRole("button", { name: "Leave it" }).click();
  await cleo.page.waitForURL("**/dashboard");
  await cleo.page.getByText("You have not been anywhere yet").waitFor();
  await ann.room.say("Then it is two of us");
  await rowsOf(ben).getByText("Then it is two of us").waitFor();
  expect(await rowsOf(cleo).count()).toBe(0);
  await cleo.page.goto(path);
  await cleo.page.getByRole("heading", { level: 1 }).waitFor();
  expect(await cleo.page.getByText("Then it is two of us").count()).toBe(0);
  cleo.person.expectProblems(/403/);
  await holds(cleo.page);
  for (const { person } of [ann, ben, cleo]) await person.getUp();
});

Deno.test("nothing more is written between two people when one has blocked the other, and both pages say so", async () => {
  const [ann, ben] = [await account(browser, server.origin, PHONE), await account(browser, server.origin)];
  const path = await writeTo(ben, ann);
  await live(ben);
  await ben.room.say("Buy my lamps");
  await ben.room.sees("Buy my lamps");
  await ann.page.goto(`/u/${ben.name}`);
  await ann.page.getByRole("button", { name: `Block ${ben.name}` }).click();
  await ann.page.getByText("Blocked.").waitFor();
  await holds(ann.page);

  await ben.room.say("Very good lamps");
  await ben.page.locator("article").getByText(SILENT).waitFor();
  await ben.page.reload();
  await ben.page.locator("#composer").getByText(SILENT).waitFor();
  expect(await ben.room.writing.count()).toBe(0);
  await holds(ben.page);
  await ben.page.goto(`/u/${ann.name}`);
  await ben.page.getByRole("button", { name: `Message ${ann.name}` }).click();
  await ben.page.getByRole("alert").getByText("You cannot write to this person.").waitFor();
  ben.person.expectProblems(/403/);
  await holds(ben.page);

  await ann.page.goto(path);
  await ann.page.getByText(`You blocked ${ben.name}: nothing can be sent here`).waitFor();
  expect(await ann.room.writing.count()).toBe(0);
  await holds(ann.page);
  await ann.page.getByRole("link", { name: "People you blocked" }).last().click();
  await ann.page.getByRole("button", { name: `Unblock ${ben.name}` }).click();
  await ann.page.getByText(`Unblock ${ben.name}`).waitFor({ state: "detached" });
  await ann.page.goto(path);
  await live(ann);
  await send(ann, "No lamps, please");
  await ben.page.goto(path);
  await ben.room.sees("No lamps, please");
  for (const { person } of [ann, ben]) await person.getUp();
});
