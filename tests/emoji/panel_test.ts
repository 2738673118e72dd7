/** The picker in a real browser: how it looks, by mouse and by touch. */
import { expect } from "expect";
import { barriers, overflow } from "../support/barriers.ts";
import { until } from "../support/wait.ts";
import { DESKTOP, PHONE, pickerForFile } from "./picker_page.ts";

const visit = pickerForFile();

Deno.test("nothing stands in anybody's way when the picker is open, in light and dark, on desktop and phone", async (test) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const device of [DESKTOP, PHONE]) {
      await test.step(`${colorScheme}, ${device.viewport.width} px`, async () => {
        const at = await visit({ ...device, colorScheme });
        const look = async () => {
          expect(await barriers(at.page)).toEqual([]);
          expect(await overflow(at.page)).toBe(0);
        };
        await at.open();
        await at.page.getByRole("button", { name: /^Skin tone/ }).click();
        await at.search.fill("wave");
        await look();
        await at.page.getByRole("tab", { name: "Stickers" }).click();
        await at.search.fill("");
        await look();
        await at.page.getByRole("button", { name: "Close" }).click();
        await at.field.pressSequentially(":sho");
        await at.page.getByRole("option").first().waitFor();
        await look();
        await at.person.getUp();
      });
    }
  }
});

Deno.test("the data is fetched when the picker is opened, and not before", async () => {
  const at = await visit();
  const asked: string[] = [];
  at.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await at.field.pressSequentially("Hello");
  expect(asked).toEqual([]);
  await at.open();
  expect(asked.filter((path) => path.endsWith(".js"))).toEqual(["/data.gen.js"]);
  expect(await at.cells.count()).toBeGreaterThan(1500);
  await at.person.getUp();
});

Deno.test("it says so and offers to try again when the data does not come", async () => {
  const at = await visit({}, "?fails");
  await at.opener.click();
  await at.page.getByText("could not be loaded").waitFor();
  await at.page.getByRole("button", { name: "Try again" }).click();
  await at.cells.first().waitFor();
  // The button that had the focus is gone, and the keys still reach the picker.
  await at.press("Escape");
  await at.dialog.waitFor({ state: "detached" });
  await at.person.getUp();
});

Deno.test("several are picked when Shift is held, and the picker closes after one when it is not", async () => {
  const at = await visit();
  await at.open();
  await at.cells.nth(0).click({ modifiers: ["Shift"] });
  await at.cells.nth(1).click();
  await at.dialog.waitFor({ state: "detached" });
  expect((await at.picked()).split(" ")).toHaveLength(2);
  await at.person.getUp();
});

Deno.test("a group comes into view when its button is pressed, and its button is marked when it is scrolled to", async () => {
  const at = await visit();
  await at.open();
  const button = (name: string) =>
    at.page.getByRole("toolbar", { name: "Groups" }).getByRole("button", { name });
  await button("Food & drink").click();
  const heading = at.page.getByRole("heading", { name: "Food & drink" });
  const list = at.page.locator("[data-group]").first().locator("..");
  const top = async () => (await heading.boundingBox())!.y - (await list.boundingBox())!.y;
  await until("the heading is on top", async () => Math.abs(await top()) <= 1);
  await list.evaluate((list) => list.scrollTop = list.scrollHeight);
  await until("flags are marked", async () => await button("Flags").getAttribute("aria-current") === "true");
  await button("Flags").focus();
  await at.press("ArrowRight");
  expect(await at.focused()).toBe("Smileys & emotion");
  await at.person.getUp();
});

Deno.test("a sticker is found and picked when its tab is open, by keys and by touch", async () => {
  const at = await visit();
  await at.open();
  await at.page.getByRole("tab", { name: "Emoji" }).focus();
  await at.press("ArrowRight");
  expect(await at.focused()).toBe("Stickers");
  expect(await at.cells.count()).toBe(24);
  const drawn = () =>
    at.page.locator("[role=gridcell] img").first().evaluate((img: HTMLImageElement) => img.naturalWidth);
  await until("the first is drawn", async () => await drawn() > 0);
  await at.search.fill("birthday");
  expect(await at.labels()).toEqual(["Party"]);
  await at.press("Enter");
  expect(await at.picked()).toBe("party");
  await at.person.getUp();

  const phone = await visit(PHONE);
  await phone.opener.tap();
  await phone.page.getByRole("tab", { name: "Stickers" }).tap();
  const box = (await phone.cells.first().boundingBox())!;
  expect(Math.min(box.width, box.height)).toBeGreaterThan(80);
  await phone.page.getByRole("gridcell", { name: "Thank you" }).tap();
  expect(await phone.picked()).toBe("thanks");
  await phone.person.getUp();
});

Deno.test("there are no stickers when only emoji are asked for", async () => {
  const at = await visit({}, "?reactions");
  await at.open();
  expect(await at.page.getByRole("tab").count()).toBe(0);
  // Two lines of each group tell as much as all 240 lines, in a fraction of the time.
  await at.page.evaluate(() => {
    for (const row of document.querySelectorAll("[role=row]:nth-child(n + 3)")) row.remove();
  });
  expect(await barriers(at.page)).toEqual([]);
  await at.person.getUp();
});

Deno.test("the picker is a sheet at the foot of a phone's screen and brings up no keyboard", async () => {
  const at = await visit(PHONE);
  await at.opener.tap();
  await at.cells.first().waitFor();
  const box = (await at.dialog.boundingBox())!;
  expect([box.x, box.width, Math.round(box.y + box.height)]).toEqual([0, 390, 844]);
  expect(await at.dialog.evaluate((dialog) => dialog === document.activeElement)).toBe(true);
  const cell = (await at.cells.first().boundingBox())!;
  expect(Math.min(cell.width, cell.height)).toBeGreaterThanOrEqual(44);
  await at.page.touchscreen.tap(200, 100);
  await at.dialog.waitFor({ state: "detached" });
  await at.person.getUp();
});

Deno.test("the picker stands above the composer and within the window when the screen is a desktop's", async () => {
  for (const query of ["", "?dir=rtl"]) {
    const at = await visit({}, query);
    await at.open();
    const box = (await at.dialog.boundingBox())!;
    const field = (await at.field.boundingBox())!;
    expect(box.y + box.height).toBeLessThanOrEqual(field.y);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(1280);
    // At the end of the line.
    expect(box.x > 640).toBe(query === "");
    await at.person.getUp();
  }
});

Deno.test("what was found is seen from its beginning when the emoji were scrolled before", async () => {
  const at = await visit();
  await at.open();
  await at.page.getByRole("button", { name: "Flags" }).click();
  await at.search.fill("heart");
  const first = at.page.getByRole("gridcell", { name: "red heart", exact: true });
  const list = at.page.locator("[data-group]").locator("..");
  await until("at the beginning", async () => await list.evaluate(({ scrollTop }) => scrollTop) === 0);
  expect(await first.count()).toBe(1);
  await at.search.fill("");
  await until("all again", async () => await at.page.locator("[data-group]").count() > 1);
  expect(await list.first().evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  await at.person.getUp();
});
