/** The search as people use it: from a room, by keyboard or thumb, to the message and the room around it. */
import { expect } from "expect";
import type { Browser, Page } from "playwright-core";
import { appendMessages } from "../../db/queries/append.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { account, DESKTOP, holds, live, makeRoom, PHONE, type Seat, send } from "../support/at_screens.ts";
import { startBrowser } from "../support/browser.ts";
import { type Server, startServer } from "../support/server.ts";

/** Milliseconds. */
const DAY = 24 * 3600_000;
/** Far more than a room's page shows at once. */
const LATER = 120;

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const field = (page: Page) => page.getByLabel("Search messages");
const results = (page: Page) => page.locator("[data-message]");

async function ask(page: Page, query: string): Promise<string[]> {
  await field(page).fill(query);
  await field(page).press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === query);
  return await results(page).locator("[dir=auto]").allTextContents();
}

/** Messages of somebody in a room that they are in, as if they had been sent. */
async function say({ name }: Seat, path: string, bodies: string[], more = {}): Promise<void> {
  const { sql } = server.database;
  const [row] = await sql<{ room: RoomId; author: UserId }[]>`
    select r.id as room, u.id as author from rooms r, users u
    where r.slug = ${path.replace("/r/", "")} and u.username = ${name}`;
  await appendMessages(
    sql,
    bodies.map((body) => ({
      ...{ roomId: row!.room, authorId: row!.author, clientId: crypto.randomUUID(), kind: "TEXT", body },
      ...more,
    })),
  );
}

/** The message stands within the window, and is the one that the address names. */
async function isShown(page: Page, words: string): Promise<void> {
  const id = new URL(page.url()).searchParams.get("m")!;
  const message = page.locator(`#m-${id}`);
  expect(await message.locator(".words").textContent()).toBe(words);
  const box = (await message.boundingBox())!;
  expect(box.y).toBeGreaterThan(0);
  expect(box.y + box.height).toBeLessThan(page.viewportSize()!.height);
}

for (const [device, options] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  Deno.test(`what was said a moment ago is found from the room's header, and opened where it stands, on a ${device}`, async () => {
    const seat = await account(browser, server.origin, options);
    const { page, person } = seat;
    const path = await makeRoom(seat, `Lanterns on a ${device}`);
    await send(seat, "The paper lantern hangs by the quay");
    await page.locator("article .words:not(.text-soft)", { hasText: "paper lantern" }).waitFor();
    await page.getByRole("link", { name: "Search this room" }).click();
    await page.waitForURL("**/search?room=*");
    await page.getByRole("heading", { name: "What you can ask for" }).waitFor();
    await holds(page);
    expect(await field(page).evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await ask(page, "lanterns")).toEqual(["The paper lantern hangs by the quay"]);
    expect(await results(page).locator("mark").allTextContents()).toEqual(["lantern"]);
    await holds(page);

    // Much is said since; the message is where it was.
    await say(seat, path, Array.from({ length: LATER }, (_, n) => `Later words, number ${n}`));
    await results(page).click();
    await page.waitForURL(`**${path}?m=*`);
    await live(seat);
    await isShown(page, "The paper lantern hangs by the quay");
    await person.getUp();
  });
}

Deno.test("keys alone lead from the middle of a sentence to a message and back to the sentence", async () => {
  const seat = await account(browser, server.origin);
  const { page, person, room } = seat;
  const path = await makeRoom(seat, "By keys alone");
  await room.say("Somewhere a kingfisher");
  await room.sees("Somewhere a kingfisher");
  await room.writing.pressSequentially("I was about to s");
  await page.keyboard.press("Control+Shift+F");
  await page.waitForURL("**/search?room=*");
  await page.keyboard.type("kingfi");
  await page.keyboard.press("Enter");
  await page.waitForURL("**q=kingfi*");
  await results(page).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${path}?m=*`);
  await live(seat);
  await isShown(page, "Somewhere a kingfisher");
  expect(await room.writing.inputValue()).toBe("I was about to s");
  await page.goto("/dashboard");
  await page.locator("main [data-room]").first().waitFor();
  await page.keyboard.press("Control+Shift+F");
  await page.waitForURL((url) => url.pathname === "/search" && url.search === "");
  await person.getUp();
});

Deno.test("a room's search keeps to the room until it is let go", async () => {
  const seat = await account(browser, server.origin);
  const { page, person } = seat;
  const [here, there] = [await makeRoom(seat, "Wharf north"), await makeRoom(seat, "Wharf south")];
  await say(seat, here, ["saltmarsh north"]);
  await say(seat, there, ["saltmarsh south", "only in the south: samphire"]);
  await page.goto(here);
  await page.getByRole("link", { name: "Search this room" }).click();
  expect(await ask(page, "saltmarsh")).toEqual(["saltmarsh north"]);
  // Nor do filters lead out of it, or the ways on.
  expect(await ask(page, `saltmarsh in:${there.replace("/r/", "")}`)).toEqual([]);
  expect(await ask(page, "samphire")).toEqual([]);
  await page.getByRole("link", { name: "Look in all my rooms" }).click();
  await results(page).waitFor();
  expect(await results(page).locator("[dir=auto]").allTextContents()).toEqual([
    "only in the south: samphire",
  ]);
  await page.goBack();
  await ask(page, "saltmarsh");
  for (const name of ["Best", "From me"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await results(page).waitFor();
    expect(await results(page).count()).toBe(1);
  }
  await page.getByRole("link", { name: /^In Wharf north/ }).click();
  await page.waitForURL((url) => !url.searchParams.has("room"));
  expect(await results(page).locator("[dir=auto]").allTextContents()).toEqual([
    "saltmarsh south",
    "saltmarsh north",
  ]);
  await person.getUp();
});

Deno.test("a room that one may not read is not searched, and its address says why", async () => {
  const [owner, other] = [await account(browser, server.origin), await account(browser, server.origin)];
  await makeRoom(owner, "Closed cove");
  await owner.page.getByRole("link", { name: "Search this room" }).click();
  await owner.page.waitForURL("**/search?room=*");
  const { pathname, search } = new URL(owner.page.url());
  const answer = await other.page.goto(`${pathname}${search}&q=opened`);
  expect(answer!.status()).toBe(403);
  expect(await other.page.content()).not.toContain("Closed cove");
  other.person.expectProblems(/403/);
  await Promise.all([owner.person.getUp(), other.person.getUp()]);
});

Deno.test("filters narrow a search down by who, where, what and when", async () => {
  const [ann, ben] = [await account(browser, server.origin), await account(browser, server.origin)];
  const path = await makeRoom(ann, "Filters");
  await ben.page.goto(path);
  await ben.page.getByRole("button", { name: "Join", exact: false }).first().click();
  await live(ben);
  await say(ann, path, ["heron by ann", "heron, see https://example.org/heron"]);
  await say(ben, path, ["heron by ben"]);
  const file = { id: crypto.randomUUID(), name: "heron_map.pdf", type: "application/pdf", size: 2000 };
  await say(ben, path, ["heron on the map"], { kind: "FILE", attachments: [file] });
  const { page } = ann;
  await page.goto("/search");
  expect(await ask(page, `heron from:${ben.name}`)).toEqual(["heron on the map", "heron by ben"]);
  expect(await ask(page, "heron from:me")).toHaveLength(2);
  expect(await ask(page, "heron -from:me has:file")).toEqual(["heron on the map"]);
  expect(await ask(page, "heron has:link")).toEqual(["heron, see https://example.org/heron"]);
  expect(await ask(page, `in:${path.replace("/r/", "")} heron`)).toHaveLength(4);
  expect(await ask(page, "in:general heron")).toEqual([]);
  await page.getByText("Nothing like that was said").waitFor();

  const [from, to] = [Date.now() - 2 * DAY, Date.now() - DAY].map((at) =>
    new Date(at).toISOString().slice(0, 10)
  );
  expect((await ask(page, `in:general/en after:${from} before:${to}`)).length).toBeGreaterThan(0);
  const times = await results(page).locator("time").evaluateAll((all) =>
    all.map((one) => one.getAttribute("datetime")!)
  );
  expect(times.filter((at) => at < from! || at >= to!)).toEqual([]);
  await Promise.all([ann.person.getUp(), ben.person.getUp()]);
});
