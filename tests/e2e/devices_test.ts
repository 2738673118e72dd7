/** One person at a desk and on a phone: what is new, and what is half written, is the same wherever they look. */
import { expect } from "expect";
import type { Browser, Page } from "playwright-core";
import {
  account,
  another,
  DESKTOP,
  holds,
  live,
  makeRoom,
  PHONE,
  rowsOf,
  send,
} from "../support/at_screens.ts";
import { startBrowser } from "../support/browser.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Ann with a desk and a phone on her dashboard, and Ben in a room that both are in. */
async function scene(name: string) {
  const [ann, ben] = [await account(browser, server.origin), await account(browser, server.origin)];
  const path = await makeRoom(ann, name);
  const phone = await another(browser, server.origin, ann, { ...PHONE, colorScheme: "dark" });
  await ben.page.goto(path);
  await ben.page.getByRole("button", { name: "Join this room" }).click();
  await live(ben);
  for (const { page } of [ann, phone]) {
    const socket = page.waitForEvent("websocket");
    await page.goto("/dashboard");
    await socket;
  }
  return { ann, ben, phone, path };
}

const titled = (page: Page, count: number) =>
  until(`${count} in the title`, async () => {
    const [, shown] = /^\((\d+)\) /.exec(await page.title()) ?? [];
    return Number(shown ?? 0) === count;
  });
const calls = (page: Page) => page.getByRole("status", { name: "New elsewhere" }).getByRole("link");

Deno.test("somebody is called on both devices, in plain words, and on neither any more when they read on one", async () => {
  const { ann, ben, phone } = await scene("Lamp lighters");
  await send(ben, `**Look**, @${ann.name}: ||the butler did it||`);
  for (const { page } of [ann, phone]) {
    await calls(page).waitFor();
    expect(await calls(page).innerText()).toBe(`Lamp lighters\n${ben.name}: Look, @${ann.name}: ▒▒▒▒▒`);
    await titled(page, 1);
    expect(await page.locator("link[rel=icon]").getAttribute("href")).toBe("/favicon-unread.svg");
    await holds(page);
  }
  await rowsOf(phone).first().click();
  await live(phone);
  await titled(ann.page, 0);
  await until("no call at the desk", async () => await calls(ann.page).count() === 0);
  expect(await ann.page.locator("link[rel=icon]").getAttribute("href")).toBe("/favicon.svg");
  await titled(phone.page, 0);
  for (const { person } of [ann, ben, phone]) await person.getUp();
});

Deno.test("the list says what was sent when it was a sticker or is gone, and never how it was written", async () => {
  const { ann, ben, phone } = await scene("Post office");
  const last = (page: Page, text: string) =>
    rowsOf({ page }).filter({ hasText: "Post office" }).getByText(text, { exact: true }).waitFor();
  await send(ben, "# `code` and _more_ :tada: [here](https://example.org/)");
  for (const { page } of [ann, phone]) await last(page, "# code and more 🎉 here");
  await ben.page.locator("#composer").getByRole("button", { name: "Emoji" }).click();
  await ben.page.getByRole("dialog").getByRole("tab", { name: "Stickers" }).click();
  await ben.page.getByRole("gridcell", { name: "Hello", exact: true }).click();
  for (const { page } of [ann, phone]) await last(page, "sent a sticker: hello");
  // The same for who comes later.
  await ann.page.reload();
  await last(ann.page, "sent a sticker: hello");
  await holds(ann.page);
  for (const { person } of [ann, ben, phone]) await person.getUp();
});

Deno.test("nobody's words are shown in the list whom its reader has blocked, nor do they call", async () => {
  const { ann, ben, phone } = await scene("Chess club");
  await ann.page.goto(`/u/${ben.name}`);
  await ann.page.getByRole("button", { name: "Block" }).first().click();
  await ann.page.getByRole("button", { name: "Unblock" }).first().waitFor();
  await ann.page.goto("/dashboard");
  await phone.page.reload();
  await send(ben, `nasty words, @${ann.name}`);
  for (const seat of [ann, phone]) {
    const row = rowsOf(seat).filter({ hasText: "Chess club" });
    await row.getByText("1 new").waitFor();
    await row.getByText("A message from somebody you blocked").waitFor();
    expect(await seat.page.getByText("nasty words").count()).toBe(0);
    expect(await calls(seat.page).count()).toBe(0);
  }
  for (const { person } of [ann, ben, phone]) await person.getUp();
});

Deno.test("messages wait as new on both devices when they are marked unread on one, and the room opens with the line above them", async () => {
  const { ann, ben, phone, path } = await scene("Night shift");
  for (const words of ["the first", "the second", "the third"]) await send(ben, words);
  await ann.page.goto(path);
  await live(ann);
  await ann.room.sees("the third");
  const unread = (seat: typeof ann, count: string) =>
    rowsOf(seat).filter({ hasText: "Night shift" }).getByText(count).waitFor();
  await until("nothing new on the phone", async () => await rowsOf(phone).getByText(/\d+ new/).count() === 0);
  const message = ann.page.locator("article[id^=m-]", { hasText: "the second" });
  await message.hover();
  await message.getByRole("button", { name: "More" }).click();
  await ann.page.getByRole("menuitem", { name: "Mark unread from here" }).click();
  await ann.page.waitForURL("**/dashboard");
  for (const seat of [ann, phone]) await unread(seat, "2 new");
  await rowsOf(phone).filter({ hasText: "Night shift" }).click();
  await live(phone);
  const lines = phone.page.locator("li", { hasText: /New since you left|the (first|second)/ });
  expect((await lines.allInnerTexts()).map((line) => /New since|first|second/.exec(line)![0])).toEqual([
    "first",
    "New since",
    "second",
  ]);
  await until("nothing new at the desk", async () => await rowsOf(ann).getByText(/\d+ new/).count() === 0);
  for (const { person } of [ann, ben, phone]) await person.getUp();
});

Deno.test("what is half written is kept for its room over a reload and in other tabs, and gone once it is sent", async () => {
  const ann = await account(browser, server.origin, DESKTOP);
  const [tea, chess] = [await makeRoom(ann, "Tea"), await makeRoom(ann, "Chess")];
  const field = (page: Page) => page.locator("#message");
  const holdsWords = (page: Page, words: string) =>
    until(`"${words}" in the field`, async () => await field(page).inputValue() === words);
  await field(ann.page).fill("about chess");
  await ann.page.goto(tea);
  await live(ann);
  await holdsWords(ann.page, "");
  await field(ann.page).fill("about tea");
  await ann.page.reload();
  await live(ann);
  await holdsWords(ann.page, "about tea");
  const tab = await ann.person.context.newPage();
  await tab.goto(tea);
  await live({ page: tab });
  await holdsWords(tab, "about tea");
  await field(tab).fill("about green tea");
  await holdsWords(ann.page, "about green tea");
  await field(tab).press("Enter");
  await new RoomPage(ann.person).sees("about green tea");
  await holdsWords(ann.page, "");
  await ann.page.reload();
  await live(ann);
  await holdsWords(ann.page, "");
  await ann.page.goto(chess);
  await live(ann);
  await holdsWords(ann.page, "about chess");
  await ann.person.getUp();
});
