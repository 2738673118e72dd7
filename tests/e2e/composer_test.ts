import { expect } from "expect";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { registerByEmail, somebody } from "../support/account_pages.ts";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { GhostPage } from "../support/ghost_page.ts";
import { Outbox } from "../support/outbox.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const WAVING = "A lantern waves hello";

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

/** Somebody at a room's message field. */
class Writer {
  readonly room: RoomPage;
  readonly page: Page;
  readonly field: Locator;
  readonly opener: Locator;
  readonly options: Locator;

  constructor(readonly person: Person) {
    this.room = new RoomPage(person);
    this.page = person.page;
    this.field = this.room.writing;
    this.opener = this.page.locator("#composer").getByRole("button", { name: "Emoji" });
    this.options = this.page.getByRole("option");
  }

  static async guest(path: string, name: string, options: BrowserContextOptions = DESKTOP): Promise<Writer> {
    const person = await Person.sitDown(browser, server.origin, options);
    await person.enter(path, name);
    const writer = new Writer(person);
    // Until then nothing is behind the button. Who is in the room is on another pane of a phone.
    await writer.opener.waitFor();
    return writer;
  }

  async openPicker(): Promise<Locator> {
    await this.opener.click();
    await this.page.getByRole("gridcell").first().waitFor();
    return this.page.getByRole("dialog");
  }

  async sendSticker(label: string): Promise<void> {
    await (await this.openPicker()).getByRole("tab", { name: "Stickers" }).click();
    await this.page.getByRole("gridcell", { name: label, exact: true }).click();
  }

  async says(text: string): Promise<void> {
    await until(`"${text}" in the field`, async () => await this.field.inputValue() === text);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  focused(): Promise<boolean> {
    return this.field.evaluate((field) => field === document.activeElement);
  }
}

for (const [device, options] of [["desktop", DESKTOP], ["phone", PHONE]] as const) {
  Deno.test(`emoji and stickers come from the picker on a ${device} when it is opened`, async () => {
    const [ann, ben] = await Promise.all([
      Writer.guest("/lounges/general/en", "Ann", options),
      Writer.guest("/lounges/general/en", "Ben", options),
    ]);
    await ann.field.fill("Good evening");
    await ann.field.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(4, 4));
    const dialog = await ann.openPicker();
    expect(await overflow(ann.page)).toBe(0);
    await dialog.getByRole("searchbox").fill("lantern");
    expect(await barriers(ann.page)).toEqual([]);
    await dialog.getByRole("gridcell").first().click();
    await dialog.waitFor({ state: "detached" });
    await ann.says("Good🏮 evening");
    expect(await ann.focused()).toBe(true);
    await ann.page.keyboard.type("!");
    await ann.says("Good🏮! evening");

    await ann.sendSticker("Hello");
    for (const { page } of [ann, ben]) {
      await page.locator("article").getByRole("img", { name: WAVING }).last().waitFor();
    }
    await ann.says("Good🏮! evening");
    await ann.page.reload();
    await ann.opener.waitFor();
    await ann.page.locator("article").getByRole("img", { name: WAVING }).last().waitFor();
    await ann.says("Good🏮! evening");
    await ann.field.fill("");
    for (const { person } of [ann, ben]) await person.getUp();
  });
}

Deno.test("several emoji are taken with Shift, and Escape gives the focus back, when the keyboard alone is used", async () => {
  const ann = await Writer.guest("/lounges/general/es", "Ann");
  await ann.field.focus();
  await ann.press("Tab", "Enter");
  const dialog = ann.page.getByRole("dialog");
  await dialog.getByRole("gridcell").first().waitFor();
  await ann.page.keyboard.type("lantern");
  const cells = dialog.getByRole("gridcell");
  await until(
    "lanterns alone",
    async () => await cells.count() < 10 && (await cells.first().textContent())?.includes("🏮"),
  );
  await ann.press("ArrowDown", "Shift+Enter", "Shift+Enter", "Enter");
  await dialog.waitFor({ state: "detached" });
  await ann.says("🏮🏮🏮");
  expect(await ann.focused()).toBe(true);
  await ann.press("Tab", "Enter");
  await dialog.getByRole("gridcell").first().waitFor();
  await ann.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await ann.opener.evaluate((button) => button === document.activeElement)).toBe(true);
  await ann.person.getUp();
});

Deno.test("a begun emoji is finished by the keyboard, or left as it is, when there are suggestions", async () => {
  const ann = await Writer.guest("/lounges/general/fr", "Ann");
  await ann.field.pressSequentially("Cake :shortc");
  await ann.options.first().waitFor();
  expect(await barriers(ann.page)).toEqual([]);
  await ann.press("Tab");
  await ann.says("Cake 🍰 ");
  await ann.page.keyboard.type("and :smi");
  await ann.options.nth(1).waitFor();
  const second = await ann.options.nth(1).locator("span").first().textContent();
  await ann.press("ArrowDown");
  expect(await ann.field.getAttribute("aria-activedescendant")).toBe(
    await ann.options.nth(1).getAttribute("id"),
  );
  await ann.press("Enter");
  await ann.says(`Cake 🍰 and ${second} `);
  await ann.page.keyboard.type(":smi");
  await ann.options.first().waitFor();
  await ann.press("Escape");
  await ann.options.first().waitFor({ state: "detached" });
  expect(await ann.field.getAttribute("aria-activedescendant")).toBe(null);
  await ann.press("Enter");
  await ann.room.sees(`Cake 🍰 and ${second} :smi`);
  await ann.person.getUp();
});

Deno.test("people and rooms are named by the keyboard when their names are begun", async () => {
  const [ann, ben] = await Promise.all([account(), account()]);
  const name = `Reading corner ${Date.now().toString(36)}`;
  await ann.page.goto("/rooms/new");
  await ann.page.getByLabel("Name").fill(name);
  await ann.page.getByRole("radio", { name: /^Everybody/ }).check();
  await ann.page.getByRole("button", { name: "Make the room" }).click();
  await ann.page.waitForURL("**/r/*");
  const path = new URL(ann.page.url()).pathname;
  await ben.page.goto(path);
  await ben.page.getByRole("button", { name: "Join this room" }).click();
  await ben.room.live();
  // Gone from the room, and still a member of it.
  await ben.page.goto("/dashboard");
  await ann.room.live();
  await ann.field.pressSequentially(`Ask @${ben.username.slice(0, 6)}`);
  await ann.options.filter({ hasText: ben.username }).waitFor();
  expect(await ann.options.filter({ hasText: ann.username }).count()).toBe(0);
  expect(await barriers(ann.page)).toEqual([]);
  await ann.press("Enter");
  await ann.says(`Ask @${ben.username} `);
  await ann.page.keyboard.type("in #readin");
  await ann.options.filter({ hasText: name }).waitFor();
  await ann.press("Tab");
  await ann.says(`Ask @${ben.username} in #${path.split("/").at(-1)} `);
  for (const { person } of [ann, ben]) await person.getUp();
});

async function account(): Promise<Writer & { username: string }> {
  const person = await Person.sitDown(browser, server.origin, DESKTOP);
  const who = somebody();
  await registerByEmail(person.page, new Outbox(server.origin), who);
  return Object.assign(new Writer(person), { username: who.username });
}

Deno.test("Escape leaves first the suggestions, then the answer, when both are open", async () => {
  const ann = await Writer.guest("/lounges/general/de", "Ann");
  await ann.room.say("The first line");
  await ann.room.sees("The first line");
  const line = ann.page.locator("article", { hasText: "The first line" });
  await line.hover();
  await line.getByRole("button", { name: "Reply" }).click();
  const mode = ann.page.getByText("Answering");
  await mode.waitFor();
  await ann.page.keyboard.type(":smi");
  await ann.options.first().waitFor();
  await ann.press("Escape");
  await ann.options.first().waitFor({ state: "detached" });
  expect(await mode.count()).toBe(1);
  await ann.press("Escape");
  await mode.waitFor({ state: "detached" });
  await ann.says(":smi");
  await ann.field.fill("");
  await ann.press("ArrowUp");
  await ann.page.getByText("Editing").waitFor();
  await ann.says("The first line");
  // A message that is being changed cannot become a sticker.
  const dialog = await ann.openPicker();
  expect(await dialog.getByRole("tab").count()).toBe(0);
  await ann.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await ann.person.getUp();
});

Deno.test("the browser keeps nothing, and no stickers are offered, when emoji are picked in an encrypted room", async () => {
  const maker = await GhostPage.sitDown(browser, server.origin);
  const link = await maker.make();
  const ada = await GhostPage.sitDown(browser, server.origin);
  await ada.join(link, "Ada");
  const writer = new Writer(ada.person);
  const dialog = await writer.openPicker();
  expect(await dialog.getByRole("tab").count()).toBe(0);
  await dialog.getByRole("searchbox").fill("lantern");
  await dialog.getByRole("gridcell").first().click();
  await writer.says("🏮");
  expect(await ada.page.evaluate(() => JSON.stringify(localStorage))).toBe("{}");
  for (const { person } of [maker, ada]) await person.getUp();
});

Deno.test("nothing is loaded for the picker before it is opened, and no button is dead without JavaScript", async () => {
  const ann = await Writer.guest("/lounges/general/it", "Ann");
  const loaded = () =>
    ann.page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name).filter((name) =>
        /Help|data\.gen/.test(name)
      )
        .length
    );
  await ann.field.pressSequentially("Nothing to finish");
  expect(await loaded()).toBe(0);
  await ann.openPicker();
  expect(await loaded()).toBe(2);
  await ann.person.getUp();

  const nora = await Person.sitDown(browser, server.origin, { ...DESKTOP, javaScriptEnabled: false });
  await nora.enter("/lounges/general/it", "Nora");
  expect(await nora.page.locator("#composer").getByRole("button").count()).toBe(1);
  await nora.getUp();
});
