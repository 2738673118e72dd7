/** Suggestions beside the text field, in a real browser. */
import { expect } from "expect";
import { until } from "../support/wait.ts";
import { DESKTOP, PHONE, pickerForFile } from "./picker_page.ts";

const visit = pickerForFile();

Deno.test("a begun word is finished from the list while the field keeps the focus", async () => {
  const at = await visit();
  const options = at.page.getByRole("option");
  await at.field.pressSequentially("Cake :shortc");
  await options.first().waitFor();
  const active = async () => {
    const id = await at.field.getAttribute("aria-activedescendant");
    return id && await at.page.locator(`#${id}`).textContent();
  };
  const reads = (text: string) => until(text, async () => await at.field.inputValue() === text);
  const closed = () => until("the list's end", async () => await options.count() === 0);
  await until("the first is active", async () => (await active())?.includes(":cake:"));
  expect(await at.page.getByRole("listbox", { name: "Suggestions" }).getAttribute("id"))
    .toBe(await at.field.getAttribute("aria-controls"));
  await at.press("Enter");
  await reads("Cake 🍰 ");
  await closed();
  expect(await at.field.getAttribute("aria-activedescendant")).toBeNull();
  await at.page.keyboard.type("@an");
  await options.first().waitFor();
  await at.press("ArrowDown");
  await until("the second is active", async () => await active() === "anton");
  await options.filter({ hasText: "ann" }).click();
  await reads("Cake 🍰 @ann ");
  expect(await at.focused()).toBe("Message");
  await at.page.keyboard.type("@b");
  await options.first().waitFor();
  await at.press("Escape");
  await closed();
  expect(await at.field.inputValue()).toBe("Cake 🍰 @ann @b");
  await at.person.getUp();
});

Deno.test("the list stands right above the field and within the window, on a phone too", async () => {
  for (const device of [DESKTOP, PHONE]) {
    const at = await visit(device);
    await at.field.pressSequentially(":sho");
    await at.page.getByRole("option").first().waitFor();
    const list = (await at.page.getByRole("listbox").boundingBox())!;
    const field = (await at.field.boundingBox())!;
    expect(list.y).toBeGreaterThanOrEqual(0);
    expect(list.y + list.height).toBeLessThanOrEqual(field.y);
    expect(list.y + list.height).toBeGreaterThan(field.y - 24);
    expect(list.x + list.width).toBeLessThanOrEqual(device.viewport.width);
    await at.person.getUp();
  }
});

Deno.test("the active suggestion is in view when the list is longer than its place", async () => {
  const at = await visit({ viewport: { width: 390, height: 360 } });
  await at.field.pressSequentially(":sho");
  const options = at.page.getByRole("option");
  await options.first().waitFor();
  await at.press("ArrowUp");
  const last = options.last();
  await until("the last is active", async () => await last.getAttribute("aria-selected") === "true");
  const inView = async () => {
    const [list, option] = [await at.page.getByRole("listbox").boundingBox(), await last.boundingBox()];
    return option!.y >= list!.y && option!.y + option!.height <= list!.y + list!.height;
  };
  await until("the last is in view", inView);
  await at.person.getUp();
});
