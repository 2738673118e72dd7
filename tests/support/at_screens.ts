/** Members at a desk and on a phone, and what every page of theirs must hold. */
import { expect } from "expect";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { registerByEmail, somebody } from "./account_pages.ts";
import { barriers, overflow } from "./barriers.ts";
import { Person } from "./browser.ts";
import { Outbox } from "./outbox.ts";
import { RoomPage } from "./room_page.ts";

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true };

export interface Seat {
  person: Person;
  page: Page;
  room: RoomPage;
  /** What others see: the username, as long as no other name is set. */
  name: string;
}

/** Somebody with a new account. */
export async function account(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = DESKTOP,
): Promise<Seat> {
  const person = await Person.sitDown(browser, origin, options);
  const who = somebody();
  await registerByEmail(person.page, new Outbox(origin), who);
  return { person, page: person.page, room: new RoomPage(person), name: who.username };
}

/** The same person, who has signed in on one more device. */
export async function another(
  browser: Browser,
  origin: string,
  { person: { context }, name }: Seat,
  options: BrowserContextOptions,
): Promise<Seat> {
  const person = await Person.sitDown(browser, origin, {
    ...options,
    storageState: await context.storageState(),
  });
  return { person, page: person.page, room: new RoomPage(person), name };
}

/** Nothing in the way of anybody, and nothing wider than the screen. */
export async function holds(page: Page): Promise<void> {
  expect([page.url(), await barriers(page)]).toEqual([page.url(), []]);
  expect([page.url(), await overflow(page)]).toEqual([page.url(), 0]);
}

/** Waits until a room is live on any screen: on a phone the list of people is there and out of sight. */
export async function live({ page }: Pick<Seat, "page">): Promise<void> {
  await page.locator("section[aria-label=People]").getByText("you", { exact: true })
    .waitFor({ state: "attached" });
}

/** Writes a line and sends it by the button, as one does on a phone. */
export async function send({ page, room }: Pick<Seat, "page" | "room">, text: string): Promise<void> {
  await room.writing.fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** The rows of the dashboard's list. */
export function rowsOf({ page }: Pick<Seat, "page">): Locator {
  return page.locator("main [data-room]");
}

/** Makes a slug room, and stays in it. */
export async function makeRoom({ page }: Pick<Seat, "page">, name: string): Promise<string> {
  await page.goto("/rooms/new");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("radio", { name: /^Everybody/ }).check();
  await page.getByRole("button", { name: "Make the room" }).click();
  await page.waitForURL("**/r/*");
  await live({ page });
  return new URL(page.url()).pathname;
}

/** By the link in the room's header. */
export async function openSettings({ page }: Pick<Seat, "page">): Promise<void> {
  await page.getByRole("link", { name: "Room settings" }).click();
  await page.waitForURL("**/rooms/*/settings");
}
