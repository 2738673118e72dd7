import { expect } from "expect";
import type { Browser } from "playwright-core";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const ROOM = "/lounges/general/en";
const PAGES = [
  "/",
  "/guest",
  "/lounges",
  "/lounges/general",
  ROOM,
  "/lounges/general/ar",
  "/api/docs",
  "/nowhere",
];
const NOT_FOUND = /status of 404/;

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

Deno.test("nothing stands in anybody's way when a page is seen, in light and dark, on desktop and phone", async (test) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of [DESKTOP, PHONE]) {
      const person = await Person.sitDown(browser, server.origin, { colorScheme, viewport });
      person.expectProblems(NOT_FOUND);
      const look = async (path: string, who: string) => {
        await test.step(`${path} as ${who}, ${colorScheme}, ${viewport.width} px`, async () => {
          await person.page.goto(path);
          expect(await barriers(person.page)).toEqual([]);
          expect(await overflow(person.page)).toBe(0);
        });
      };
      for (const path of PAGES) await look(path, "nobody");
      await person.enter(ROOM, "Ann", { red: true });
      for (const path of ["/lounges", "/lounges/late-night", ROOM, "/lounges/general/ar"]) {
        await look(path, "a guest");
      }
      await person.getUp();
    }
  }
});

Deno.test("the Arabic room reads from right to left when it is opened", async () => {
  const person = await Person.sitDown(browser, server.origin, { viewport: DESKTOP });
  await person.enter("/lounges/general/ar", "ليلى");
  const room = new RoomPage(person);
  await room.live();
  const box = await person.page.getByRole("region", { name: "Messages" }).boundingBox();
  const avatar = await room.messages.first().locator("[aria-hidden=true]").first().boundingBox();
  // Whoever speaks stands at the line's beginning: on the right.
  expect(avatar!.x).toBeGreaterThan(box!.x + box!.width / 2);
  const directions = await room.writing.evaluate((field) => getComputedStyle(field).direction);
  expect(directions).toBe("rtl");
  await room.say("مساء الخير");
  await room.sees("مساء الخير");
  await person.getUp();
});

Deno.test("the panes take turns and nothing scrolls sideways when the screen is a phone's", async () => {
  const person = await Person.sitDown(browser, server.origin, {
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
  });
  const { page } = person;
  await person.enter(ROOM, "Ann");
  const room = new RoomPage(person);
  const rooms = page.getByRole("navigation", { name: "Rooms" });
  const people = page.getByRole("region", { name: "People", exact: true });
  expect([await rooms.isVisible(), await room.writing.isVisible(), await people.isVisible()]).toEqual([
    false,
    true,
    false,
  ]);
  await page.getByRole("button", { name: "Rooms", exact: true }).click();
  await rooms.waitFor();
  expect(await room.writing.isVisible()).toBe(false);
  await page.goBack();
  await room.writing.waitFor();
  await page.getByRole("button", { name: /people$/ }).click();
  await people.waitFor();
  expect(await room.writing.isVisible()).toBe(false);
  await page.getByRole("button", { name: "Close people" }).click();
  await room.writing.waitFor();
  // On a phone's keyboard the Enter key begins a new line.
  const long = `A long word: ${"x".repeat(300)}`;
  await room.writing.fill(long);
  await page.getByRole("button", { name: "Send" }).click();
  await room.sees(long);
  expect(await overflow(page)).toBe(0);
  await person.getUp();
});
