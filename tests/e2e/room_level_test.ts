/** What somebody is told of a room is chosen in the room, and in its settings. */
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
} from "../support/at_screens.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { type Server, startServer } from "../support/server.ts";

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const level = (page: Page) => page.getByLabel("Notify me about");

Deno.test("a level is chosen beside the people without leaving the room, and stands in the settings of the room and in mine", async () => {
  const ann = await account(browser, server.origin);
  await makeRoom(ann, "Harbour");
  await ann.room.writing.fill("half a thought");
  expect(await level(ann.page).inputValue()).toBe("default");
  await level(ann.page).selectOption("nothing");
  await ann.page.getByText("Saved.", { exact: true }).waitFor();
  expect(await ann.room.writing.inputValue()).toBe("half a thought");
  await holds(ann.page);
  await openSettings(ann);
  expect(await level(ann.page).inputValue()).toBe("nothing");
  await holds(ann.page);
  const panel = ann.page.getByRole("region", { name: "Notifications" });
  await level(ann.page).selectOption("all");
  await panel.getByRole("button", { name: "Set", exact: true }).click();
  await ann.page.getByRole("status").getByText("Saved.").waitFor();
  expect(await level(ann.page).inputValue()).toBe("all");
  await ann.page.goto("/me/notifications");
  expect(await ann.page.getByLabel("Harbour").inputValue()).toBe("all");
  await ann.person.getUp();
});

Deno.test("a level that cannot be saved says so, and stands as it was", async () => {
  const ann = await account(browser, server.origin);
  await makeRoom(ann, "Lighthouse");
  ann.person.expectProblems(/ERR_INTERNET_DISCONNECTED|WebSocket|Failed to load/);
  await ann.person.context.setOffline(true);
  await level(ann.page).selectOption("all");
  await ann.page.getByText("The server cannot be reached.").waitFor();
  expect(await level(ann.page).inputValue()).toBe("default");
  await ann.person.getUp();
});

Deno.test("a level is chosen in rooms of all kinds without scripts, on a phone", async () => {
  const [ann, ben] = [await account(browser, server.origin), await account(browser, server.origin)];
  const slug = await makeRoom(ann, "Attic");
  await ann.page.goto(`/u/${ben.name}`);
  await ann.page.getByRole("button", { name: `Message ${ben.name}` }).click();
  await live(ann);
  const direct = new URL(ann.page.url()).pathname;
  await ann.page.goto("/join");
  await ann.page.getByLabel("Name of the room").fill("Cellar door");
  await ann.page.getByLabel("Password").fill("lantern-in-the-window");
  await ann.page.locator("main form button[type=submit]").click();
  await live(ann);
  const password = new URL(ann.page.url()).pathname;
  const plain = await another(browser, server.origin, ann, { ...PHONE, javaScriptEnabled: false });
  for (const path of [slug, direct, password, "/lounges/general/en"]) {
    await plain.page.goto(`${path}?pane=people`);
    await level(plain.page).selectOption("mentions");
    await plain.page.getByRole("button", { name: "Set", exact: true }).click();
    await plain.page.waitForURL(`**${path}?pane=people`);
    expect([path, await level(plain.page).inputValue()]).toEqual([path, "mentions"]);
  }
  for (const { person } of [ann, ben, plain]) await person.getUp();
});

Deno.test("nobody is asked what they want to be told who is told nothing anywhere", async () => {
  const nora = await Person.sitDown(browser, server.origin, DESKTOP);
  await nora.page.goto("/lounges/general/en?pane=people");
  expect(await level(nora.page).count()).toBe(0);
  await nora.enter("/lounges/general/en", "Nora");
  await live(nora);
  expect(await level(nora.page).count()).toBe(0);
  await nora.getUp();
});
