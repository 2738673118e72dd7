/** The picker when there is only a keyboard. */
import { expect } from "expect";
import { until } from "../support/wait.ts";
import { pickerForFile } from "./picker_page.ts";

const visit = pickerForFile();

Deno.test("an emoji is searched, walked to and picked when there is only a keyboard", async () => {
  const at = await visit();
  await at.opener.focus();
  await at.press("Enter");
  await at.cells.first().waitFor();
  await at.sees("the search has the focus", "Search emoji");
  await at.page.keyboard.type("heart");
  await at.page.getByRole("status").getByText(/\d+ found/).waitFor();
  await at.press("ArrowDown");
  const found = await at.labels();
  expect(await at.focused()).toBe(found[0]);
  await at.press("ArrowRight", "ArrowDown");
  expect(await at.focused()).toBe(found[9]);
  await at.press("ArrowUp", "ArrowLeft", "ArrowUp");
  expect(await at.focused()).toBe("Search emoji");
  await at.press("ArrowDown", "ArrowRight", "Enter");
  await at.dialog.waitFor({ state: "detached" });
  const name = found[1]!;
  expect(await at.picked()).not.toBe("");
  expect(await at.focused()).toBe("Emoji and stickers");
  await at.open();
  const recent = at.page.getByRole("grid", { name: "Recently used" }).getByRole("gridcell");
  expect(await recent.first().getAttribute("aria-label")).toBe(name);
  await at.person.getUp();
});

Deno.test("Enter takes the first that was found, and takes nothing when nothing is searched for", async () => {
  const at = await visit();
  await at.open();
  await at.search.press("Enter");
  expect(await at.picked()).toBe("");
  await at.search.fill("rocket");
  await until("found", async () => (await at.labels())[0] === "rocket");
  await at.search.press("Enter");
  expect(await at.picked()).toBe("🚀");
  await at.person.getUp();
});

Deno.test("the arrow keys lead from group to group, by line and page, and Tab passes the emoji in one step", async () => {
  const at = await visit();
  await at.open();
  const labels = await at.labels();
  await at.press("ArrowDown", "End");
  expect(await at.focused()).toBe(labels[7]);
  await at.press("ArrowRight");
  expect(await at.focused()).toBe(labels[8]);
  await at.press("Home", "Control+End");
  expect(await at.focused()).toBe(labels.at(-1));
  await at.press("Control+Home");
  expect(await at.focused()).toBe(labels[0]);
  await at.press("PageDown");
  expect(await at.focused()).toBe(labels[40]);
  // Over the border: the first group has 171 or less, so its last line is short.
  const first = at.page.getByRole("grid").first().getByRole("gridcell");
  const count = await first.count();
  await first.last().focus();
  await at.press("ArrowRight");
  expect(await at.focused()).toBe(labels[count]);
  expect(await at.page.locator("[role=gridcell][tabindex='0']").count()).toBe(1);
  await at.press("Tab");
  expect(await at.dialog.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  await at.press("Shift+Tab");
  expect(await at.focused()).toBe(labels[count]);
  await at.person.getUp();
});

Deno.test("letters search and a space presses when the focus is on an emoji", async () => {
  const at = await visit();
  await at.open();
  await at.press("ArrowDown", "c", "a", "t");
  expect(await at.search.inputValue()).toBe("cat");
  await until("cats", async () => (await at.labels())[0]?.includes("cat"));
  await at.press("ArrowDown", "Space");
  expect(await at.picked()).not.toBe("");
  await at.person.getUp();
});

Deno.test("a skin tone holds for every hand, and is remembered, when it was chosen", async () => {
  const at = await visit();
  await at.open();
  await at.page.getByRole("button", { name: "Skin tone: no skin tone" }).click();
  await at.page.getByRole("radio", { name: "No skin tone" }).focus();
  await at.press("ArrowRight", "ArrowRight");
  const wave = at.page.getByRole("gridcell", { name: "waving hand" });
  await until("the hand is toned", async () => await wave.textContent() === "👋🏼");
  // The first Escape closes the tones, the second the picker.
  await at.press("Escape");
  expect(await at.page.getByRole("radio").count()).toBe(0);
  await at.press("Escape");
  await at.dialog.waitFor({ state: "detached" });
  await at.page.reload();
  await at.open();
  expect(await wave.textContent()).toBe("👋🏼");
  await at.person.getUp();
});

Deno.test("the focus goes back to the opener when Escape, the opener or a press elsewhere closes", async () => {
  const at = await visit();
  await at.open();
  await at.press("Escape");
  await at.dialog.waitFor({ state: "detached" });
  expect(await at.focused()).toBe("Emoji and stickers");
  await at.open();
  await at.opener.click();
  await at.dialog.waitFor({ state: "detached" });
  await at.open();
  await at.page.mouse.click(20, 400);
  await at.dialog.waitFor({ state: "detached" });
  await at.open();
  // Whoever goes on writing keeps the focus there.
  await at.field.click();
  await at.dialog.waitFor({ state: "detached" });
  expect(await at.focused()).toBe("Message");
  await at.person.getUp();
});

Deno.test("the arrow keys follow the eye when the page reads from right to left", async () => {
  const at = await visit({}, "?dir=rtl");
  await at.open();
  const labels = await at.labels();
  await at.press("ArrowDown", "ArrowLeft");
  expect(await at.focused()).toBe(labels[1]);
  await at.press("ArrowRight");
  expect(await at.focused()).toBe(labels[0]);
  await at.person.getUp();
});
