import { expect } from "expect";
import type { Browser, Page } from "playwright-core";
import {
  account,
  another,
  DESKTOP,
  holds,
  live,
  makeRoom,
  openSettings,
  PHONE,
  rowsOf,
} from "../support/at_screens.ts";
import { overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { placesWith } from "../support/everywhere.ts";
import { ghostRoom } from "../support/rooms.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

const NOWHERE = "That is no link or address of a room here.";

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

async function goTo(page: Page, where: string): Promise<void> {
  await page.goto("/dashboard");
  await page.getByLabel("Go to a room").fill(where);
  await page.getByRole("button", { name: "Go there" }).click();
}

/** Everything that a page sends, as one text; what stands behind a `#` is not sent. */
function sentBy(page: Page): () => string {
  const sent: string[] = [];
  page.on("request", (request) => {
    const { referer = "" } = request.headers();
    sent.push(request.url().split("#")[0]!, referer, request.postData() ?? "");
  });
  return () => sent.join("\n");
}

Deno.test("my rooms stand by their last words, and what is new is counted and read on all my devices, live", async () => {
  const [ann, ben] = [await account(browser, server.origin), await account(browser, server.origin, PHONE)];
  const club = await makeRoom(ann, "Club of books");
  await makeRoom(ann, "Chess corner");
  const phone = await another(browser, server.origin, ann, { ...PHONE, colorScheme: "dark" });
  for (const { page } of [ann, phone]) await page.goto("/dashboard");
  const first = (seat: typeof ann) => rowsOf(seat).first();
  await first(ann).getByText("Chess corner").waitFor();

  await ben.page.goto(club);
  await ben.page.getByRole("button", { name: "Join this room" }).click();
  await live(ben);
  await ben.room.writing.fill(`Have you read it, @${ann.name}?`);
  await ben.page.getByRole("button", { name: "Send", exact: true }).click();
  for (const seat of [ann, phone]) {
    await first(seat).getByText("Club of books").waitFor();
    await first(seat).getByText("@1 naming you").waitFor();
    await first(seat).getByText(`Have you read it, @${ann.name}?`).waitFor();
    await holds(seat.page);
  }
  // Read on the phone, it is read at the desk.
  await first(phone).click();
  await phone.page.waitForURL(`**${club}`);
  await live(phone);
  await until("nothing new at the desk", async () => await first(ann).getByText("naming you").count() === 0);
  expect(await first(ann).getByText("new", { exact: true }).count()).toBe(0);
  await phone.page.goto("/dashboard");
  await ben.room.writing.fill("No hurry");
  await ben.page.getByRole("button", { name: "Send", exact: true }).click();
  for (const seat of [ann, phone]) await first(seat).getByText("1 new").waitFor();

  // Somebody who never wrote to me before.
  await ben.page.goto(`/u/${ann.name}`);
  await ben.page.getByRole("button", { name: `Message ${ann.name}` }).click();
  await live(ben);
  await ben.room.writing.fill("Between us: skip the last chapter");
  await ben.page.getByRole("button", { name: "Send", exact: true }).click();
  for (const seat of [ann, phone]) await first(seat).getByText("Between us").waitFor();
  expect(await rowsOf(ann).count()).toBe(3);
  for (const { person } of [ann, ben, phone]) await person.getUp();
});

Deno.test("a room is gone to by its address and by links, and no request carries a ghost room's key", async () => {
  const ann = await account(browser, server.origin, { ...DESKTOP, colorScheme: "dark" });
  const path = await makeRoom(ann, "Harbour watch");
  await openSettings(ann);
  const panel = ann.page.getByRole("region", { name: "Invites" });
  await panel.getByRole("button", { name: "Make a link" }).click();
  const link = (await ann.page.locator("[data-invite-link]").textContent())!;
  await goTo(ann.page, path.slice("/r/".length));
  await ann.page.waitForURL(`**${path}`);

  const ben = await account(browser, server.origin, PHONE);
  await goTo(ben.page, link);
  await ben.page.getByRole("heading", { name: "Harbour watch" }).waitFor();

  const { token } = await ghostRoom(server);
  const key = "Qm9va3NBcmVLZXlz0123456789abcdefghijklmnopq";
  const sent = sentBy(ben.page);
  await goTo(ben.page, `${server.origin}/g/${token}#k=${key}`);
  await ben.page.waitForURL(`**/g/${token}**`);
  await ben.page.getByRole("heading", { level: 1 }).waitFor();
  // Nor does one that leads elsewhere.
  await goTo(ben.page, `https://elsewhere.example/g/${token}#k=${key}`);
  await ben.page.getByText(NOWHERE).waitFor();
  const field = ben.page.getByLabel("Go to a room");
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  expect(await field.inputValue()).toContain("elsewhere.example");
  await holds(ben.page);
  expect(sent()).toContain(token);
  expect(sent()).not.toContain(key);
  expect(await placesWith(server, [key])).toEqual([]);
  await field.fill("what is this?");
  await field.press("Enter");
  await until("what was typed", async () => await field.inputValue() === "what is this?");
  await ben.page.getByText(NOWHERE).waitFor();
  for (const { person } of [ann, ben]) await person.getUp();
});

Deno.test("a room is gone to, and what is none is refused in place, without scripts", async () => {
  const person = await Person.sitDown(browser, server.origin, { ...PHONE, javaScriptEnabled: false });
  await person.enter("/dashboard", "Nora");
  await goTo(person.page, "what is this?");
  await person.page.getByText(NOWHERE).waitFor();
  person.expectProblems(/400|404/);
  expect(await person.page.getByLabel("Go to a room").inputValue()).toBe("what is this?");
  expect(await overflow(person.page)).toBe(0);
  await goTo(person.page, "/lounges/general/en");
  await person.page.waitForURL("**/lounges/general/en");
  await goTo(person.page, "no-such-harbour");
  await person.page.waitForURL("**/r/no-such-harbour");
  await person.getUp();
});

Deno.test("a newcomer and a guest are shown where to begin, each as far as it is open to them", async () => {
  const ann = await account(browser, server.origin, PHONE);
  const doors = (page: Page) => page.getByRole("complementary", { name: "More rooms" }).getByRole("link");
  await ann.page.getByRole("link", { name: "See the lounges" }).waitFor();
  await holds(ann.page);
  expect(await doors(ann.page).filter({ hasText: "New room" }).count()).toBe(1);
  await ann.page.goto("/dm/new");
  await holds(ann.page);
  const nora = await Person.sitDown(browser, server.origin, { ...DESKTOP, colorScheme: "dark" });
  await nora.enter("/dashboard", "Nora");
  await nora.page.getByRole("link", { name: "Keep my name" }).first().waitFor();
  expect(await doors(nora.page).allInnerTexts()).toHaveLength(4);
  expect(await doors(nora.page).filter({ hasText: /^New / }).count()).toBe(0);
  await holds(nora.page);
  await ann.person.getUp();
  await nora.getUp();
});
