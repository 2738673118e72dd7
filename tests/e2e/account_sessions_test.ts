import { expect } from "expect";
import type { Browser, Page } from "playwright-core";
import { PASSWORD, registerByEmail, signIn, somebody } from "../support/account_pages.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { Outbox } from "../support/outbox.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";
import { before } from "../support/wait.ts";

const PHONE =
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";

let server: Server;
let browser: Browser;
let outbox: Outbox;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
  outbox = new Outbox(server.origin);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** A member with a chat open on a phone, who has also signed in on a laptop. */
async function onTwoDevices() {
  const phone = await Person.sitDown(browser, server.origin, { userAgent: PHONE });
  const who = somebody();
  await registerByEmail(phone.page, outbox, who);
  // Not that of the list of rooms, which the way to the chat closes.
  const inRoom = () => phone.page.url().endsWith("/lounges/general/en");
  const opened = phone.page.waitForEvent("websocket", { predicate: inRoom });
  await phone.page.goto("/lounges/general/en");
  const closed = (await opened).waitForEvent("close");
  await new RoomPage(phone).live();
  const laptop = await Person.sitDown(browser, server.origin);
  await signIn(laptop.page, who.email);
  await laptop.page.waitForURL("**/dashboard");
  return { phone, laptop, closed };
}

/**
 * Tells how long it took from the click; judges from the server's answer, since before a password is hashed nothing has
 * happened yet. The close may even overtake the answer.
 */
async function closesAfter(page: Page, click: () => Promise<void>, closed: Promise<unknown>, how: string) {
  const closing = before(closed, "the open chat to close").then(() => performance.now());
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  const clickedAt = performance.now();
  await click();
  await answer;
  const answeredAt = performance.now();
  const closedAt = await closing;
  const seconds = ((closedAt - clickedAt) / 1000).toFixed(3);
  console.log(`${how}: the open chat on the other device closed ${seconds} s after the click`);
  expect(closedAt - answeredAt).toBeLessThan(2000);
}

/** The other device, sent away, finds the door and not its room. */
async function isOut(phone: Person, path: string) {
  phone.expectProblems(/401 \(Unauthorized\)|WebSocket/);
  await phone.page.goto(path);
  await phone.page.waitForURL(`**/login?next=${encodeURIComponent(path)}`);
}

Deno.test("an open chat closes when its session is ended from another device", async () => {
  const { phone, laptop, closed } = await onTwoDevices();
  const { page } = laptop;
  await page.goto("/me/sessions");
  const devices = page.locator("[data-session]");
  expect(await devices.count()).toBe(2);
  expect(await devices.filter({ hasText: "This device" }).count()).toBe(1);
  const other = devices.filter({ hasText: "Chrome on Android" });
  await closesAfter(page, () => other.getByRole("button", { name: /^End/ }).click(), closed, "session ended");
  await page.waitForURL("**/me/sessions?done=one");
  expect(await devices.count()).toBe(1);
  await isOut(phone, "/me");
  await Promise.all([phone.getUp(), laptop.getUp()]);
});

Deno.test("an open chat closes when the password is changed on another device", async () => {
  const { phone, laptop, closed } = await onTwoDevices();
  const { page } = laptop;
  await page.goto("/.well-known/change-password");
  await page.waitForURL("**/me/security#password");
  await page.locator("#currentPassword").fill(PASSWORD);
  await page.locator("#newPassword").fill("quite-another-lantern-7");
  const change = () => page.getByRole("button", { name: "Change my password" }).click();
  await closesAfter(page, change, closed, "password changed");
  await page.getByText("Your password is changed").waitFor();
  await isOut(phone, "/dashboard");
  await Promise.all([phone.getUp(), laptop.getUp()]);
});
