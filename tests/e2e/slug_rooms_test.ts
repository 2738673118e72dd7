import { expect } from "expect";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { registerByEmail, somebody } from "../support/account_pages.ts";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { Outbox } from "../support/outbox.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

interface Account {
  person: Person;
  page: Page;
  /** What others see: the username, as long as no other name is set. */
  name: string;
}

async function account(options: BrowserContextOptions = {}): Promise<Account> {
  const person = await Person.sitDown(browser, server.origin, { viewport: DESKTOP, ...options });
  const who = somebody();
  await registerByEmail(person.page, new Outbox(server.origin), who);
  return { person, page: person.page, name: who.username };
}

/** Nothing in the way of anybody, and nothing wider than the screen. */
async function holds(page: Page): Promise<void> {
  expect([page.url(), await barriers(page)]).toEqual([page.url(), []]);
  expect([page.url(), await overflow(page)]).toEqual([page.url(), 0]);
}

async function makeRoom(page: Page, name: string, who: "Everybody" | "Those"): Promise<string> {
  await page.goto("/rooms/new");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("radio", { name: new RegExp(`^${who}`) }).check();
  await page.getByRole("button", { name: "Make the room" }).click();
  await page.waitForURL("**/r/*");
  return new URL(page.url()).pathname;
}

/** By the link in the room's header. */
async function openSettings(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Room settings" }).click();
  await page.waitForURL("**/rooms/*/settings");
}

async function inviteLink(page: Page, uses: string): Promise<string> {
  const panel = page.getByRole("region", { name: "Invites" });
  await panel.getByLabel("Lets in").selectOption({ label: uses });
  await panel.getByRole("button", { name: "Make a link" }).click();
  return (await page.locator("[data-invite-link]").textContent())!;
}

/** Opens what can be done about somebody. */
async function manage(page: Page, name: string): Promise<void> {
  await page.locator("summary", { hasText: `Manage ${name}` }).click();
}

Deno.test("a room is made, shared, kept in order and put away by people at a desk and on a phone", async () => {
  const [ann, ben, cleo] = [
    await account(),
    await account({ viewport: PHONE, hasTouch: true }),
    await account(),
  ];
  const path = await makeRoom(ann.page, "Late readers", "Those");
  expect(path).toBe("/r/late-readers");
  const annRoom = new RoomPage(ann.person);
  await annRoom.live();
  await ann.page.getByText(`${ann.name} opened this room.`).first().waitFor();
  await openSettings(ann.page);
  await holds(ann.page);
  const link = await inviteLink(ann.page, "5 people");
  expect(link).toMatch(new RegExp(`^${server.origin}/i/[\\w-]{43}$`));
  await ann.page.getByRole("button", { name: "Copy the link" }).waitFor();
  await holds(ann.page);

  // Without the link nobody comes in, nor learns what the room is called.
  await ben.page.goto(path);
  await ben.page.getByRole("heading", { name: "This room is by invite only" }).waitFor();
  expect(await ben.page.content()).not.toContain("Late readers");
  ben.person.expectProblems(/403/);
  for (const { page } of [ben, cleo]) {
    await page.goto(link);
    await page.getByRole("heading", { name: "Late readers" }).waitFor();
    await holds(page);
    await page.getByRole("button", { name: "Accept and join" }).click();
    await page.waitForURL(`**${path}`);
  }
  const [benRoom, cleoRoom] = [new RoomPage(ben.person), new RoomPage(cleo.person)];
  await cleoRoom.live();
  await ann.page.goto(path);
  await annRoom.live();
  // On a phone, Enter breaks the line and the button sends.
  await benRoom.writing.fill("Good evening from the train");
  await ben.page.getByRole("button", { name: "Send", exact: true }).click();
  await annRoom.sees("Good evening from the train");
  await cleoRoom.sees("Good evening from the train");

  await openSettings(ann.page);
  await manage(ann.page, ben.name);
  await ann.page.getByRole("button", { name: `Make moderator ${ben.name}` }).click();
  await ann.page.getByText("They keep order here now.").waitFor();

  await openSettings(ben.page);
  await manage(ben.page, cleo.name);
  await holds(ben.page);
  // The owner is nobody's to manage.
  expect(await ben.page.locator("summary", { hasText: `Manage ${ann.name}` }).count()).toBe(0);
  await ben.page.getByRole("button", { name: `Send out ${cleo.name}` }).click();
  await ben.page.getByText("They are out.").waitFor();
  await cleo.page.getByText("You were sent out of this room.").first().waitFor();
  await ann.page.goto(path);
  await annRoom.live();
  await annRoom.say("Now it is quiet");
  await ann.page.reload();
  await annRoom.sees("Now it is quiet");
  expect(await cleo.page.getByText("Now it is quiet").count()).toBe(0);

  await openSettings(ann.page);
  await ann.page.getByLabel("Topic").fill("Novels, after ten");
  await ann.page.getByRole("button", { name: "Save" }).click();
  await ann.page.getByText("Saved.").waitFor();
  await ann.page.locator("summary", { hasText: "Archive this room" }).click();
  await ann.page.getByRole("button", { name: "Archive it" }).click();
  await ann.page.getByText("The room is archived.").waitFor();
  await holds(ann.page);
  await ben.page.goto(path);
  await ben.page.getByText("This room is archived").first().waitFor();
  await ben.page.getByText(`${ann.name} archived this room.`).first().waitFor();
  await ben.page.getByText("Novels, after ten").first().waitFor();
  await holds(ben.page);
  for (const { person } of [ann, ben, cleo]) await person.getUp();
});

Deno.test("a public room is found and joined, and all of its forms work, without scripts", async () => {
  const [ann, ben] = [await account(), await account({ javaScriptEnabled: false, viewport: PHONE })];
  const path = await makeRoom(ann.page, "Otters & rivers", "Everybody");
  await ben.page.goto("/rooms");
  await holdsWithoutScript(ben.page);
  await ben.page.getByRole("searchbox").fill("ott riv");
  await ben.page.getByRole("button", { name: "Search" }).click();
  await ben.page.getByRole("link", { name: "Otters & rivers" }).click();
  await ben.page.waitForURL(`**${path}`);
  await ben.page.getByText("1 member").waitFor();
  await ben.page.getByRole("button", { name: "Join this room" }).click();
  await ben.page.locator("#message").fill("Hello from a plain page");
  await ben.page.getByRole("button", { name: "Send" }).click();
  await ben.page.locator("article .words", { hasText: "Hello from a plain page" }).waitFor();

  // A member sees the people, makes links and leaves, and is offered nothing that is not theirs to do.
  await openSettings(ben.page);
  await holdsWithoutScript(ben.page);
  expect(await ben.page.getByRole("heading", { level: 2 }).allTextContents()).toEqual([
    "Notifications",
    "Members",
    "Invites",
    "Leave",
  ]);
  const link = await inviteLink(ben.page, "One person");
  expect(await ben.page.getByRole("button", { name: "Copy the link" }).count()).toBe(0);
  await ben.page.goto(link);
  await ben.page.waitForURL(`**${path}`);

  // What is wrong is said where it is wrong, and what was typed is kept.
  await ann.page.goto(path);
  await openSettings(ann.page);
  await ann.page.getByLabel("Address").fill("Not An Address");
  await ann.page.getByLabel("Topic").fill("Streams too");
  await ann.page.getByRole("button", { name: "Save" }).click();
  await ann.page.getByText("Use letters from a to z, digits and dashes.").waitFor();
  expect(await ann.page.getByLabel("Topic").inputValue()).toBe("Streams too");
  expect(await ann.page.getByLabel("Address").inputValue()).toBe("Not An Address");
  await holds(ann.page);
  ann.person.expectProblems(/400/);
  ben.person.expectProblems(/403/);

  await manage(ann.page, ben.name);
  await ann.page.getByLabel("Ban", { exact: true }).selectOption({ label: "For a day" });
  await ann.page.getByLabel("Reason").fill("Only otters here");
  await ann.page.getByRole("button", { name: `Ban ${ben.name}` }).click();
  await ann.page.getByRole("region", { name: "Banned people" }).getByText("Only otters here").waitFor();
  await holds(ann.page);
  await ben.page.goto(path);
  await ben.page.getByRole("heading", { name: "You are banned from this room" }).waitFor();
  await ann.page.getByRole("button", { name: `Lift the ban on ${ben.name}` }).click();
  await ann.page.getByText("Nobody is banned.").waitFor();
  await ben.page.goto(path);
  await ben.page.getByRole("button", { name: "Join this room" }).click();
  await openSettings(ben.page);
  await ben.page.locator("summary", { hasText: "Leave this room" }).click();
  await ben.page.getByRole("button", { name: "Leave it" }).click();
  await ben.page.waitForURL("**/dashboard");

  await ann.page.goto("/rooms/new");
  await holds(ann.page);
  for (const { person } of [ann, ben]) await person.getUp();
});

/** axe is a script: without those, only the width can be looked at. */
async function holdsWithoutScript(page: Page): Promise<void> {
  expect(await overflow(page)).toBe(0);
}

Deno.test("strangers and guests are shown the way to an account at a room's door", async () => {
  const ann = await account();
  const path = await makeRoom(ann.page, "Weather station", "Everybody");
  const eve = await Person.sitDown(browser, server.origin, { viewport: PHONE });
  await eve.page.goto(path);
  await eve.page.getByRole("heading", { name: "Weather station" }).waitFor();
  await holds(eve.page);
  expect(await eve.page.getByRole("link", { name: "Sign in" }).last().getAttribute("href")).toBe(
    `/login?next=${encodeURIComponent(path)}`,
  );
  await eve.enter(path, "Eve");
  await eve.page.getByText("Joining takes an account.").waitFor();
  expect(await eve.page.getByRole("button", { name: "Join this room" }).count()).toBe(0);
  await holds(eve.page);
  await eve.page.goto(`/i/${"A".repeat(43)}`);
  await eve.page.getByText("This invite link is not known.").waitFor();
  eve.expectProblems(/404/);
  await eve.getUp();
  await ann.person.getUp();
});
