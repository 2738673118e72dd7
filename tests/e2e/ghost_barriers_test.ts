import { expect } from "expect";
import type { Browser } from "playwright-core";
import { barriers, overflow } from "../support/barriers.ts";
import { startBrowser } from "../support/browser.ts";
import { DESKTOP, GhostPage, PHONE } from "../support/ghost_page.ts";
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

Deno.test("nothing stands in anybody's way at the door, in the room and after it, in light and dark, on any screen", async (test) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of [DESKTOP, PHONE]) {
      const ada = await GhostPage.sitDown(browser, server.origin, { colorScheme, viewport });
      ada.person.expectProblems(/status of 4\d\d/);
      const look = async (what: string) => {
        await test.step(`${what}, ${colorScheme}, ${viewport.width} px`, async () => {
          expect(await barriers(ada.page)).toEqual([]);
          expect(await overflow(ada.page)).toBe(0);
        });
      };
      await ada.page.goto("/g");
      await look("making a room");
      const link = await ada.make();
      await ada.page.getByRole("button", { name: "QR code" }).click();
      await ada.page.getByRole("img", { name: "The link as a QR code" }).waitFor();
      await look("the door of one's own room");
      await ada.comeIn("Ada");
      await ada.room.writing.fill("The lantern burns at nine");
      await ada.page.getByRole("button", { name: "Send" }).click();
      await ada.room.sees("The lantern burns at nine");
      await look("the room");
      if (viewport === PHONE) {
        await ada.page.getByRole("button", { name: "About this room" }).click();
        await look("about the room");
      }
      await ada.page.getByRole("button", { name: /^Close the room/ }).click();
      await look("the question before the end");
      await ada.page.getByRole("button", { name: "Close it" }).click();
      await ada.heading.filter({ hasText: "The room is gone" }).waitFor();
      await look("after the end");
      await ada.page.goto(link.slice(0, -5));
      await ada.heading.waitFor();
      await look("a shut door");
      await ada.person.getUp();
    }
  }
});
