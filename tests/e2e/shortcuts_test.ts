/** The keyboard says what it can do. */
import { expect } from "expect";
import type { Browser } from "playwright-core";
import { DESKTOP, holds, live, PHONE } from "../support/at_screens.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";

const LOUNGE = "/lounges/general/en";

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

Deno.test("the shortcuts are shown by ? outside fields, by Ctrl-/ in them, and by the rail; they are loaded by then alone", async () => {
  const ann = await Person.sitDown(browser, server.origin, DESKTOP);
  const { page } = ann;
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));
  await ann.enter(LOUNGE, "Ann");
  await live(ann);
  const { writing } = new RoomPage(ann);
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await writing.focus();
  await page.keyboard.type("really?");
  expect([await writing.inputValue(), await dialog.count()]).toEqual(["really?", 0]);
  expect(loaded.some((url) => /shortcuts/i.test(url))).toBe(false);
  await page.keyboard.press("Control+/");
  await dialog.waitFor();
  await dialog.getByText("Go to another room").waitFor();
  expect(loaded.some((url) => /shortcuts/i.test(url))).toBe(true);
  await holds(page);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await writing.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByRole("region", { name: "Messages", exact: true }).focus();
  await page.keyboard.press("?");
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "Close the shortcuts" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await page.goto("/dashboard");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForEvent("websocket", { timeout: 1_000 }).catch(() => {});
  await page.keyboard.press("?");
  await dialog.waitFor();
  await holds(page);
  await ann.getUp();
});

Deno.test("a phone is not told of a keyboard, nor a page without scripts", async () => {
  const phone = await Person.sitDown(browser, server.origin, { ...PHONE, isMobile: true });
  await phone.enter(LOUNGE, "Ann");
  await live(phone);
  await phone.page.getByRole("button", { name: "Rooms" }).click();
  await phone.page.getByRole("heading", { name: "Lounges" }).waitFor();
  const button = (person: Person) => person.page.getByRole("button", { name: "Keyboard shortcuts" });
  expect(await button(phone).count()).toBe(0);
  const plain = await Person.sitDown(browser, server.origin, { ...DESKTOP, javaScriptEnabled: false });
  await plain.enter(LOUNGE, "Ben");
  expect(await button(plain).count()).toBe(0);
  await phone.getUp();
  await plain.getUp();
});
