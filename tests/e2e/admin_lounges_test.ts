import { expect } from "expect";
import type { Browser, Page } from "playwright-core";
import { LOOK_EVERY } from "../../lib/client/live_counts.ts";
import { PASSWORD, registerByEmail, signIn } from "../support/account_pages.ts";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { startParley } from "../support/node.ts";
import { Outbox } from "../support/outbox.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";
import { connect } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const BOSS = { email: "boss@example.org", username: "boss" };
const LIST = "/admin/lounges";

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ ADMIN_EMAIL: BOSS.email }), startBrowser()]);
  const person = await Person.sitDown(browser, server.origin);
  await registerByEmail(person.page, new Outbox(server.origin), BOSS);
  await person.getUp();
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

async function boss(options: Parameters<typeof Person.sitDown>[2] = {}): Promise<Person> {
  const person = await Person.sitDown(browser, server.origin, options);
  await signIn(person.page, BOSS.email, PASSWORD);
  await person.page.waitForURL("**/dashboard");
  return person;
}

/** Adds a language room with the form of a lounge's page. */
async function addRoom(page: Page, language: string): Promise<void> {
  const form = page.getByRole("region", { name: "Another language" });
  await form.getByLabel("Language").fill(language);
  await form.getByRole("button", { name: "Add the room" }).click();
  await page.getByText("The room is open.").waitFor();
}

Deno.test("a lounge is made, found, talked in and put away when an admin keeps the house", async () => {
  const ada = await boss({ javaScriptEnabled: false, locale: "sv-SE" });
  const { page } = ada;
  await page.locator("header summary").click();
  await page.getByRole("link", { name: "Lounges of the house" }).click();
  await page.waitForURL(`**${LIST}`);
  const form = page.getByRole("region", { name: "New lounge" });
  await form.getByLabel("Address").fill("winter-garden");
  await form.getByLabel("Name").fill("Winter garden");
  await form.getByLabel("Description").fill("Ferns, tea, and a view of the snow.");
  await form.getByRole("button", { name: "Make the lounge" }).click();
  await page.getByText("The lounge is made.").waitFor();
  await addRoom(page, "sv");
  await addRoom(page, "pt-br");
  await page.goto("/lounges");
  const card = page.getByRole("region", { name: "Winter garden" });
  expect(await card.getByRole("link").allTextContents()).toEqual([
    expect.stringContaining("Svenska"),
    expect.stringContaining("Português (Brasil)"),
  ]);
  expect(await card.getByText("Your language").count()).toBe(1);

  const ben = await Person.sitDown(browser, server.origin, { locale: "sv-SE" });
  await ben.page.goto("/lounges/winter-garden");
  await ben.page.getByRole("link", { name: "Enter Svenska" }).click();
  await ben.page.waitForURL("**/lounges/winter-garden/sv");
  await ben.enter("/lounges/winter-garden/sv", "Ben");
  const room = new RoomPage(ben);
  await room.live();
  await room.say("Hej! Här är det varmt.");
  await room.sees("Hej! Här är det varmt.");

  await page.goto(LIST);
  await page.getByRole("button", { name: "Archive Winter garden" }).click();
  await page.getByText("It is put away.").waitFor();
  expect(await page.getByRole("region", { name: /^Archived/ }).textContent()).toContain("Winter garden");
  await page.goto("/lounges");
  expect(await page.getByText("Winter garden").count()).toBe(0);
  ben.expectProblems(/status of 410/);
  const gone = await ben.page.goto("/lounges/winter-garden/sv");
  expect(gone!.status()).toBe(410);
  await page.goto(LIST);
  await page.getByRole("button", { name: "Reopen Winter garden" }).click();
  await ben.page.goto("/lounges/winter-garden/sv");
  await room.sees("Hej! Här är det varmt.");
  await ben.getUp();
  await ada.getUp();
});

Deno.test("nothing stands in an admin's way when the house is kept, in light and dark, on desktop and phone", async (test) => {
  const [id] = await server.database.sql`select id from lounges where slug = 'late-night'`;
  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of [DESKTOP, PHONE]) {
      const ada = await boss({ colorScheme, viewport, locale: "ar" });
      const { page } = ada;
      const look = async (what: string) => {
        await test.step(`${what}, ${colorScheme}, ${viewport.width} px`, async () => {
          expect(await barriers(page)).toEqual([]);
          expect(await overflow(page)).toBe(0);
        });
      };
      ada.expectProblems(/status of 4(00|09|10)/);
      await page.goto(LIST);
      await look("the list");
      await page.getByLabel("Address").fill("general");
      await page.getByLabel("Name").fill("General again");
      await page.getByRole("button", { name: "Make the lounge" }).click();
      await page.getByText("Another lounge has that address already.").waitFor();
      await look("a lounge that is refused");
      await page.goto(`${LIST}/${id!.id}`);
      await page.locator("summary", { hasText: "العربية" }).click();
      await look("a lounge with a room's form open");
      await page.goto("/lounges");
      await look("the visitors' list");
      await page.goto("/lounges/general");
      await look("a lounge as visitors see it");
      await ada.getUp();
    }
  }
});

Deno.test("the number of people changes on a page that lies open when somebody enters on another isolate", async () => {
  await using parley = await startParley({ nodes: 2 });
  const [here, there] = parley.nodes;
  const { id } = await roomOf(here!, "music", "es");
  const person = await Person.sitDown(browser, here!.origin, { locale: "es" });
  const { clock } = person.context;
  await clock.install();
  const pages = [person.page, await person.context.newPage()];
  await pages[0]!.goto("/lounges");
  await pages[1]!.goto("/lounges/music");
  const numbers = pages.flatMap((page) =>
    [`room-${id}`, "lounge-2"].map((name) => page.locator(`[data-online="${name}"] > span`).nth(1))
  );
  const shows = async (count: string) => {
    await until(
      `${count} on this isolate`,
      async () => `${(await roomOf(here!, "music", "es")).online}` === count,
    );
    await clock.runFor(LOOK_EVERY);
    await until(`${count} on the pages`, async () => {
      return (await Promise.all(numbers.map((number) => number.textContent()))).every((text) =>
        text === count
      );
    });
  };
  await shows("0");
  const drawn = await numbers[0]!.elementHandle();
  const socket = await connect(there!, await guest(there!));
  await socket.join(id);
  await shows("1");
  await socket.close();
  await shows("0");
  // The very element that the server drew, and nobody is told aloud.
  expect(await drawn!.evaluate((element) => element.closest("[aria-live]")?.getAttribute("aria-live"))).toBe(
    "off",
  );
  await person.getUp();
});

Deno.test("the script that keeps the numbers fresh is small when it is sent", async () => {
  const page = await (await fetch(`${server.origin}/lounges`)).text();
  const script = /"(\/assets\/islands\/LiveCounts-[^"]+\.js)"/.exec(page)![1]!;
  const sent = await (await fetch(server.origin + script)).text();
  expect(sent.length).toBeLessThan(2048);
});
