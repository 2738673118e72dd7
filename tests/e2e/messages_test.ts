/** What can be done with messages on a room's page. */
import { expect } from "expect";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { registerByEmail, somebody } from "../support/account_pages.ts";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { Outbox } from "../support/outbox.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

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
  room: RoomPage;
  name: string;
}

async function account(options: BrowserContextOptions = {}): Promise<Account> {
  const person = await Person.sitDown(browser, server.origin, { viewport: DESKTOP, ...options });
  const who = somebody();
  await registerByEmail(person.page, new Outbox(server.origin), who);
  return { person, page: person.page, room: new RoomPage(person), name: who.username };
}

/** The owner of a public room, and somebody who has joined it; each on the room's page. */
async function ownerAndMember(name: string) {
  const [owner, other] = await Promise.all([
    account({ permissions: ["clipboard-read", "clipboard-write"] }),
    account(),
  ]);
  await owner.page.goto("/rooms/new");
  await owner.page.getByLabel("Name").fill(name);
  await owner.page.getByRole("button", { name: "Make the room" }).click();
  await owner.page.waitForURL("**/r/*");
  const path = new URL(owner.page.url()).pathname;
  await other.page.goto(path);
  await other.page.getByRole("button", { name: "Join", exact: false }).first().click();
  for (const { room } of [owner, other]) await room.live();
  return { owner, other, path };
}

const article = (page: Page, text: string): Locator =>
  page.locator("article[id^=m-]", { hasText: text }).last();

async function menuOf(page: Page, text: string): Promise<Locator> {
  await article(page, text).hover();
  await article(page, text).getByRole("button", { name: "More" }).click();
  const menu = page.getByRole("menu", { name: "What to do with this message" });
  await menu.waitFor();
  return menu;
}

async function getUp(...people: Account[]): Promise<void> {
  for (const { person } of people) await person.getUp();
}

Deno.test("words are drawn as Markdown, and whoever is named sees it", async () => {
  const { owner, other } = await ownerAndMember("Markdown");
  await owner.room.say(`**Hi** @${other.name}, see \`code\``);
  const said = article(other.page, "see code");
  await said.locator("strong", { hasText: "Hi" }).waitFor();
  await said.locator("a.bg-accent-soft", { hasText: `@${other.name}` }).waitFor();
  expect(await article(owner.page, "see code").locator("a.bg-accent-soft").count()).toBe(0);
  await owner.room.say("<img src=x onerror=alert(1)> ||secret||");
  await other.page.getByRole("log", { name: "New messages" }).getByText("▒▒▒▒▒").waitFor();
  await said.hover();
  await said.getByRole("button", { name: "Reply" }).click();
  await other.room.say("An answer");
  const line = article(owner.page, "An answer").getByRole("link", { name: "In answer to" });
  expect(await line.textContent()).toContain(`Hi @${other.name}, see code`);
  await getUp(owner, other);
});

Deno.test("a reaction shows for everybody, says whose it is, and is taken back by a click", async () => {
  const { owner, other } = await ownerAndMember("Reactions");
  await owner.room.say("React to this");
  await other.room.sees("React to this");
  await article(other.page, "React to this").hover();
  await article(other.page, "React to this").getByRole("button", { name: "React: thumbs up" }).click();
  const chip = (page: Page) =>
    article(page, "React to this").getByRole("list", { name: "Reactions" }).getByRole("button");
  await chip(owner.page).waitFor();
  expect(await chip(owner.page).getAttribute("title")).toBe(other.name);
  expect(await chip(owner.page).getAttribute("aria-pressed")).toBe("false");
  expect(await chip(other.page).getAttribute("title")).toBe("You");
  expect(await chip(other.page).getAttribute("aria-pressed")).toBe("true");
  await chip(owner.page).click();
  await until("two of them", async () => (await chip(other.page).textContent())!.startsWith("👍2"));
  expect(await chip(other.page).getAttribute("title")).toBe(`You and ${owner.name}`);
  expect(await barriers(owner.page)).toEqual([]);
  await chip(owner.page).click();
  await chip(other.page).click();
  await chip(owner.page).waitFor({ state: "detached" });
  await getUp(owner, other);
});

Deno.test("any emoji can be reacted with, by keyboard alone", async () => {
  const { owner, other } = await ownerAndMember("Emoji");
  const { page } = other;
  await owner.room.say("A lantern?");
  await other.room.sees("A lantern?");
  await article(page, "A lantern?").getByRole("button", { name: "Reply" }).focus();
  await page.keyboard.press("ArrowLeft");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("React");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Emoji" }).waitFor();
  await page.keyboard.type("lantern");
  await page.getByRole("gridcell").first().waitFor();
  await until(
    "what was found",
    async () => (await page.getByRole("status").allTextContents()).some((text) => /^\d found$/.test(text)),
  );
  await page.keyboard.press("Enter");
  await article(owner.page, "A lantern?").getByRole("button", { name: /^🏮/ }).waitFor();
  await page.getByRole("dialog", { name: "Emoji" }).waitFor({ state: "detached" });
  await getUp(owner, other);
});

Deno.test("moderators pin, everybody sees what is pinned, and nobody else can pin", async () => {
  const { owner, other } = await ownerAndMember("Pins");
  await owner.room.say("Rules: be kind");
  await other.room.sees("Rules: be kind");
  expect(await (await menuOf(other.page, "Rules")).getByRole("menuitem", { name: "Pin" }).count()).toBe(0);
  await other.page.keyboard.press("Escape");
  await other.page.getByRole("button", { name: "Pinned" }).click();
  const pins = other.page.getByRole("region", { name: "Pinned messages" });
  await pins.getByText("Nothing is pinned").waitFor();
  await (await menuOf(owner.page, "Rules")).getByRole("menuitem", { name: "Pin" }).click();
  await pins.getByText("Rules: be kind").waitFor();
  expect(await barriers(other.page)).toEqual([]);
  await pins.getByRole("button", { name: "Go there" }).click();
  await other.page.locator("article.lit", { hasText: "Rules" }).waitFor();
  await (await menuOf(owner.page, "Rules")).getByRole("menuitem", { name: "Unpin" }).click();
  await pins.getByText("Nothing is pinned").waitFor();
  await getUp(owner, other);
});

Deno.test("a thread opens beside the conversation, is answered there, followed live, and closed by Escape", async () => {
  const { owner, other } = await ownerAndMember("Threads");
  await owner.room.say("Who comes on Friday?");
  await owner.room.say("Something else");
  await other.room.sees("Something else");
  await (await menuOf(other.page, "Who comes")).getByRole("menuitem", { name: "Show thread" }).click();
  const thread = other.page.getByRole("region", { name: "Thread", exact: true });
  await thread.getByText("Nobody has answered yet").waitFor();
  expect(await thread.getByText("Something else").count()).toBe(0);
  await thread.getByLabel("Answer in this thread").fill("I do");
  await other.page.keyboard.press("Enter");
  await owner.room.sees("I do");
  await article(owner.page, "I do").hover();
  await article(owner.page, "I do").getByRole("button", { name: "Reply" }).click();
  await owner.room.say("And so do I");
  await thread.getByText("And so do I").waitFor();
  expect(await barriers(other.page)).toEqual([]);
  await thread.getByLabel("Answer in this thread").focus();
  await other.page.keyboard.press("Escape");
  await thread.waitFor({ state: "detached" });
  await getUp(owner, other);
});

Deno.test("former wordings are shown to the author and to moderators, and to nobody else", async () => {
  const { owner, other } = await ownerAndMember("History");
  await other.room.say("The frist wording");
  await owner.room.sees("The frist wording");
  await other.room.writing.press("ArrowUp");
  await other.room.writing.fill("The first wording");
  await other.room.writing.press("Enter");
  for (const { page } of [owner, other]) {
    await article(page, "The first wording").getByRole("button", { name: "(edited)" }).click();
    const panel = page.getByRole("region", { name: "Former wordings" }).first();
    await panel.getByText("The frist wording").waitFor();
    await panel.getByRole("button", { name: /^Close/ }).click();
  }
  await owner.room.say("The owner's wrods");
  await other.room.sees("The owner's wrods");
  await owner.room.writing.press("ArrowUp");
  await owner.room.writing.fill("The owner's words");
  await owner.room.writing.press("Enter");
  await article(other.page, "The owner's words").getByText("(edited)").waitFor();
  expect(await article(other.page, "The owner's words").getByRole("button", { name: "(edited)" }).count())
    .toBe(0);
  await getUp(owner, other);
});

/** So many messages, put there by the database's own hand. */
async function many(path: string, count: number): Promise<void> {
  const slug = path.split("/").at(-1)!;
  await server.database.sql`
    with room as (update rooms set head_seq = head_seq + ${count} where slug = ${slug} returning id, head_seq - ${count} as head)
    insert into messages (room_id, seq, author_id, client_id, kind, body)
    select room.id, room.head + n, m.user_id, 'many-' || room.head + n, 'TEXT', 'Number ' || n
    from room join memberships m on m.room_id = room.id and m.role = 'owner', generate_series(1, ${count}) n`;
}

Deno.test("a link to a message opens the room there, near and far, with scripts and without", async () => {
  const { owner, other, path } = await ownerAndMember("Links");
  await owner.room.say("Look at this");
  await owner.room.sees("Look at this");
  await (await menuOf(owner.page, "Look at this")).getByRole("menuitem", { name: "Copy link" }).click();
  await owner.page.getByRole("menuitem", { name: "Link copied" }).waitFor();
  const link = await owner.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`^${server.origin}${path}\\?m=\\d+-\\d+$`));
  const storageState = await other.person.context.storageState();
  const plain = await Person.sitDown(browser, server.origin, {
    javaScriptEnabled: false,
    storageState,
    viewport: DESKTOP,
  });
  const line = (page: Page) => page.locator("article.lit", { hasText: "Look at this" });
  for (const [count, near] of [[200, true], [300, false]] as const) {
    await many(path, count);
    for (const page of [other.page, plain.page]) {
      await page.goto(link);
      await line(page).waitFor();
      expect([count, await isOnScreen(line(page))]).toEqual([count, true]);
    }
    expect(await plain.page.getByRole("link", { name: "Newest messages" }).count()).toBe(near ? 0 : 1);
    expect(await plain.page.getByRole("button", { name: "Newest messages" }).count()).toBe(0);
    // With scripts the room is live wherever it opens.
    await other.room.live();
    await other.page.getByRole("link", { name: "Newest messages" }).waitFor({ state: "detached" });
  }
  await other.page.getByRole("button", { name: "Newest messages" }).click();
  await other.page.getByText("Number 300").last().waitFor();
  expect(new URL(other.page.url()).search).toBe("");
  await plain.getUp();
  await getUp(owner, other);
});

async function isOnScreen(row: Locator): Promise<boolean> {
  const box = (await row.boundingBox())!;
  return box.y >= 0 && box.y + box.height <= DESKTOP.height;
}

Deno.test("Ctrl-K leads to another room by a few letters", async () => {
  const { owner, other } = await ownerAndMember("Gardening");
  const { page } = owner;
  await page.goto("/rooms/new");
  await page.getByLabel("Name").fill("Astronomy");
  await page.getByRole("button", { name: "Make the room" }).click();
  await page.waitForURL("**/r/*");
  await owner.room.live();
  await owner.room.writing.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Go to a room" });
  await dialog.waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("message");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("gård");
  await until("one room", async () => await dialog.getByRole("option").count() === 1);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/r/gardening*");
  await getUp(owner, other);
});

Deno.test("on a phone a tap shows what can be done, and nothing is wider than the screen", async () => {
  const person = await Person.sitDown(browser, server.origin, {
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
  });
  await person.enter("/lounges/general/pt", "Ann");
  const { page } = person;
  const room = new RoomPage(person);
  await room.writing.fill("Words");
  await page.getByRole("button", { name: "Send" }).tap();
  await room.sees("Words");
  await article(page, "Words").tap();
  await article(page, "Words").getByRole("button", { name: "More" }).tap();
  await page.getByRole("menuitem", { name: "React: heart" }).tap();
  await article(page, "Words").getByRole("button", { name: "❤️ by You" }).waitFor();
  await article(page, "Words").getByRole("button", { name: "More" }).tap();
  await page.getByRole("menuitem", { name: "Show thread" }).tap();
  await page.getByLabel("Answer in this thread").fill("An answer");
  await page.getByRole("button", { name: "Send the answer" }).tap();
  await page.getByRole("region", { name: "Thread", exact: true }).getByText("An answer").waitFor();
  expect(await overflow(page)).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await page.goBack();
  await article(page, "An answer").waitFor();
  await person.getUp();
});
