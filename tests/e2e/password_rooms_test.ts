import { expect } from "expect";
import type { Browser, Page } from "playwright-core";
import { account, DESKTOP, holds, live, openSettings, PHONE, send } from "../support/at_screens.ts";
import { overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { RoomPage } from "../support/room_page.ts";
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

/** Names the room and gives the password, by the form. */
async function goIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel("Name of the room").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Go in" }).click();
}

/** The sentence that a field carries for what is wrong with it. */
async function saidOf(page: Page, label: string): Promise<string> {
  const field = page.getByLabel(label);
  await page.locator("[aria-invalid=true]").first().waitFor();
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  const ids = (await field.getAttribute("aria-describedby"))!.split(" ");
  return (await page.locator(`#${ids.at(-1)}`).textContent())!;
}

Deno.test("a guest's password room is entered, talked in and kept in order when its password is passed on", async () => {
  const person = await Person.sitDown(browser, server.origin, PHONE);
  const nora = { person, page: person.page, room: new RoomPage(person) };
  const ann = await account(browser, server.origin, { ...DESKTOP, colorScheme: "dark" });
  await person.enter("/join", "Nora");
  await holds(nora.page);
  await goIn(nora.page, "Küchentisch مطبخ", "soup at eight");
  await nora.page.waitForURL("**/p/*");
  const path = new URL(nora.page.url()).pathname;
  await live(nora);
  await holds(nora.page);

  await ann.page.goto("/join");
  await goIn(ann.page, "Küchentisch مطبخ", "soup at nine");
  expect(await saidOf(ann.page, "Password")).toBe("That is not this room's password.");
  expect(await ann.page.getByLabel("Name of the room").inputValue()).toBe("Küchentisch مطبخ");
  expect(await ann.page.getByLabel("Password").inputValue()).toBe("");
  ann.person.expectProblems(/403/);
  await holds(ann.page);
  await goIn(ann.page, "Küchentisch مطبخ", "soup at eight");
  await ann.page.waitForURL(`**${path}`);
  await live(ann);

  await send(nora, "Is anybody hungry?");
  await ann.room.sees("Is anybody hungry?");
  await ann.room.say("Always");
  await nora.room.sees("Always");
  await holds(ann.page);

  await openSettings(nora);
  await nora.page.locator("summary", { hasText: `Manage ${ann.name}` }).click();
  await holds(nora.page);
  await nora.page.getByRole("button", { name: `Send out ${ann.name}` }).click();
  await nora.page.getByText("They are out.").waitFor();
  await ann.page.getByRole("alert").getByText("You were sent out of this room.").waitFor();
  expect(await ann.room.writing.count()).toBe(0);
  await holds(ann.page);
  await nora.page.goto(path);
  await live(nora);
  await send(nora, "Said among ourselves");
  await nora.room.sees("Said among ourselves");
  expect(await ann.page.getByText("Said among ourselves").count()).toBe(0);
  // The room lets nobody in by its address: only by its name and password.
  await ann.page.goto(path);
  await ann.page.getByRole("heading", { level: 1 }).waitFor();
  expect(await ann.page.getByText("Said among ourselves").count()).toBe(0);
  await ann.page.goto("/join");
  await goIn(ann.page, "Küchentisch مطبخ", "soup at eight");
  await ann.page.waitForURL(`**${path}`);
  await ann.room.sees("Said among ourselves");
  for (const { person } of [nora, ann]) await person.getUp();
});

Deno.test("a password room is made and entered, and what is wrong is said in place, without scripts", async () => {
  const enter = async (name: string) => {
    const person = await Person.sitDown(browser, server.origin, { ...PHONE, javaScriptEnabled: false });
    await person.enter("/join", name);
    return person;
  };
  const [nora, omar] = [await enter("Nora"), await enter("Omar")];
  await goIn(nora.page, "Back stairs", "abc");
  expect(await saidOf(nora.page, "Password")).toBe("Use at least 4 characters.");
  nora.expectProblems(/400/);
  expect(await nora.page.getByLabel("Name of the room").inputValue()).toBe("Back stairs");
  expect(await overflow(nora.page)).toBe(0);
  await goIn(nora.page, "Back stairs", "abcd");
  await nora.page.waitForURL("**/p/*");
  await nora.page.locator("#message").fill("Mind the third step");
  await nora.page.getByRole("button", { name: "Send" }).click();
  await goIn(omar.page, "back  STAIRS", "abcd");
  await omar.page.waitForURL("**/p/*");
  await omar.page.locator("article .words", { hasText: "Mind the third step" }).waitFor();
  for (const person of [nora, omar]) await person.getUp();
});
