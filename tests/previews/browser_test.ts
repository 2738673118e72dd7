/** Previews as people see them: live on two screens, after a reload, without JavaScript; what hostile pages call themselves. */
import { expect } from "expect";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import type { Node } from "../support/node.ts";
import { RoomPage } from "../support/room_page.ts";
import { until } from "../support/wait.ts";
import { Gate } from "./gate.ts";
import { type Answering, html } from "./servers.ts";
import { file, picture } from "./shop.ts";
import { startWebParley, type WebParley } from "./web_nodes.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const RTL = "\u202e";

const PAGES: Record<string, string> = {
  "/lamps": `<title>A short history of lamps</title><meta property="og:site_name" content="The Evening Paper">
    <meta name="description" content="${"Of oil, of gas, and of what came after. ".repeat(8)}">
    <meta property="og:image" content="/lamps.jpg">`,
  "/script": `<title>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;</title>`,
  "/turned": `<title>${RTL}gnp.tneconni&#8238;</title>
    <meta property="og:site_name" content="bank.example${RTL}">`,
  "/long": `<title>${"W".repeat(5000)}</title>`,
  "/arabic": `<title>تاريخ قصير للمصابيح</title>`,
  "/plain": `<title>Nothing but a title</title>`,
};

let here: WebParley;
let browser: Browser;
const gate = new Gate();

Deno.test.beforeAll(async () => {
  const jpeg = await picture(1200, 630);
  const answer: Answering = async (say, request) => {
    const [, path = ""] = /^GET (\S+) /.exec(request) ?? [];
    if (path === "/lamps") await gate.pass();
    if (path !== "/lamps.jpg") return await say(html(PAGES[path] ?? ""));
    await say(file(jpeg, "image/jpeg"));
    await say(jpeg);
  };
  [here, browser] = await Promise.all([startWebParley(answer), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await here?.[Symbol.asyncDispose]();
});

/** By this name browsers take our `Secure` cookies. */
const originOf = ({ origin }: Node) => origin.replace("127.0.0.1", "localhost");

async function enter(node: Node, name: string, path: string, options: BrowserContextOptions = DESKTOP) {
  const person = await Person.sitDown(browser, originOf(node), options);
  await person.enter(path, name);
  const room = new RoomPage(person);
  if (options.javaScriptEnabled !== false) await room.writing.waitFor();
  return room;
}

const cards = (page: Page) => page.getByRole("list", { name: "Previews of links" });

/** The picture has been drawn, at the size that its place had before. */
async function drawn(page: Page): Promise<void> {
  const image = cards(page).locator("img").first();
  await image.scrollIntoViewIfNeeded();
  await until("the picture", () =>
    image.evaluate((node) => {
      const { complete, naturalWidth } = node as HTMLImageElement;
      return complete && naturalWidth > 0;
    }));
}

Deno.test("a link's card comes to two people's screens, stays after a reload, and stands without JavaScript", async () => {
  const [one, two] = here.parley.nodes;
  const path = "/lounges/general/en";
  const [ann, ben] = await Promise.all([enter(one!, "Ann", path), enter(two!, "Ben", path, PHONE)]);
  await ann.live();
  await ann.say(`Read this: ${here.at("/lamps")}`);
  await ben.sees(`Read this: ${here.at("/lamps")}`);
  await gate.reached();
  for (const { person: { page } } of [ann, ben]) expect(await cards(page).count()).toBe(0);
  gate.open();
  for (const { person: { page } } of [ann, ben]) {
    for (const time of ["live", "again"]) {
      const card = cards(page);
      await card.getByText("The Evening Paper").waitFor();
      const title = card.getByRole("link", { name: "A short history of lamps" });
      const names = ["href", "target", "rel"];
      const attributes = await Promise.all(names.map((name) => title.getAttribute(name)));
      expect([time, ...attributes]).toEqual([
        time,
        here.at("/lamps"),
        "_blank",
        "noopener nofollow ugc",
      ]);
      await drawn(page);
      expect(await overflow(page)).toBe(0);
      if (time === "live") await page.reload();
    }
  }
  const reader = await Person.sitDown(browser, originOf(one!), { ...DESKTOP, javaScriptEnabled: false });
  await reader.page.goto(path);
  await cards(reader.page).getByRole("link", { name: "A short history of lamps" }).waitFor();
  expect(await cards(reader.page).locator("img").getAttribute("width")).toBe("560");
  for (const person of [reader, ann.person, ben.person]) await person.getUp();
});

Deno.test("what a hostile page calls itself is text, of one direction and no more than two lines", async () => {
  const ann = await enter(here.parley.node, "Ann", "/lounges/general/es");
  const { page } = ann.person;
  for (const path of ["/script", "/turned", "/long"]) await ann.say(here.at(path));
  await until("three cards", async () => await cards(page).count() === 3);
  const links = cards(page).getByRole("link");
  await until("all titles", async () => (await links.count()) === 3);
  const [script, turned, long] = await links.allTextContents();
  expect(script).toBe("<script>alert(1)</script><img src=x onerror=alert(2)>");
  expect(await cards(page).locator("script, img").count()).toBe(0);
  expect(turned).toBe("gnp.tneconni");
  expect(await cards(page).nth(1).textContent()).not.toContain(RTL);
  expect(long!.length).toBeLessThanOrEqual(200);
  const { height } = (await cards(page).nth(2).boundingBox())!;
  expect(height).toBeLessThan(110);
  expect(await overflow(page)).toBe(0);
  await ann.person.getUp();
});

Deno.test("the author takes a preview away, for everybody, by keyboard", async () => {
  const [one, two] = here.parley.nodes;
  const path = "/lounges/general/fr";
  const [ann, ben] = await Promise.all([enter(one!, "Ann", path), enter(two!, "Ben", path)]);
  await ann.say(here.at("/plain"));
  for (const { person: { page } } of [ann, ben]) await cards(page).waitFor();
  const menu = async ({ person: { page } }: RoomPage) => {
    const message = page.locator("article[id^=m-]").last();
    await message.hover();
    await message.getByRole("button", { name: /more/i }).click();
    return page.getByRole("menu");
  };
  const bens = await menu(ben);
  await bens.getByRole("menuitem", { name: "Show thread" }).waitFor();
  expect(await bens.getByRole("menuitem", { name: "Remove preview" }).count()).toBe(0);
  await ben.person.page.keyboard.press("Escape");
  await (await menu(ann)).getByRole("menuitem", { name: "Remove preview" }).press("Enter");
  for (const { person: { page } } of [ann, ben]) await cards(page).waitFor({ state: "detached" });
  await ben.person.page.reload();
  await ben.sees(here.at("/plain"));
  expect(await cards(ben.person.page).count()).toBe(0);
  for (const { person } of [ann, ben]) await person.getUp();
});

Deno.test("cards are in the thread too, and in nobody's way by day and by night, on desktop and phone", async () => {
  const path = "/lounges/general/ar";
  const ann = await enter(here.parley.node, "Ann", path);
  await ann.say(`${here.at("/lamps")} ${here.at("/arabic")} ${here.at("/plain")}`);
  await until("three cards", async () => await cards(ann.person.page).getByRole("link").count() === 3);
  const message = ann.person.page.locator("article[id^=m-]").last();
  await message.hover();
  await message.getByRole("button", { name: /more/i }).click();
  await ann.person.page.getByRole("menuitem", { name: "Show thread" }).click();
  const thread = ann.person.page.getByRole("region", { name: "Messages of the thread" });
  await thread.getByRole("link", { name: "A short history of lamps" }).waitFor();
  await ann.person.getUp();
  for (const colorScheme of ["light", "dark"] as const) {
    for (const options of [DESKTOP, PHONE]) {
      const reader = await Person.sitDown(browser, originOf(here.parley.node), { ...options, colorScheme });
      await reader.page.goto(path);
      await drawn(reader.page);
      expect(await barriers(reader.page)).toEqual([]);
      expect(await overflow(reader.page)).toBe(0);
      await reader.getUp();
    }
  }
});
