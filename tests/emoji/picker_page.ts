/** The picker's page in a real browser, as somebody sees it. */
import type { Browser, Locator, Page } from "playwright-core";
import { Person, startBrowser } from "../support/browser.ts";
import { until } from "../support/wait.ts";
import { type PageServer, servePage } from "./page_server.ts";

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The page with what the tests look at. */
export class PickerPage {
  readonly page: Page;
  readonly opener: Locator;
  readonly dialog: Locator;
  readonly search: Locator;
  readonly cells: Locator;
  readonly field: Locator;

  constructor(readonly person: Person) {
    const page = this.page = person.page;
    this.opener = page.getByRole("button", { name: "Emoji and stickers" });
    this.dialog = page.getByRole("dialog");
    this.search = page.getByRole("searchbox");
    this.cells = page.getByRole("gridcell");
    this.field = page.getByRole("textbox", { name: "Message" });
  }

  static async visit(browser: Browser, origin: string, options: object, query: string) {
    const person = await Person.sitDown(browser, origin, { ...DESKTOP, ...options });
    await person.page.goto(`/${query}`);
    return new PickerPage(person);
  }

  async open(): Promise<void> {
    await this.opener.click();
    await this.cells.first().waitFor();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** What the focus is on: its label, or its name. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const element = document.activeElement!;
      return element.getAttribute("aria-label") ?? element.textContent ?? element.tagName;
    });
  }

  async sees(what: string, focused: string): Promise<void> {
    await until(what, async () => await this.focused() === focused);
  }

  async picked(): Promise<string> {
    return await this.page.locator("#picked").textContent() ?? "";
  }

  labels(): Promise<(string | null)[]> {
    return this.cells.evaluateAll((cells) => cells.map((cell) => cell.getAttribute("aria-label")));
  }
}

/** One browser and one page server for all tests of a file. @returns how to visit, once the first test runs */
export function pickerForFile(): (options?: object, query?: string) => Promise<PickerPage> {
  let server: PageServer;
  let browser: Browser;
  Deno.test.beforeAll(async () => {
    [server, browser] = await Promise.all([servePage(), startBrowser()]);
  });
  Deno.test.afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });
  return (options = {}, query = "") => PickerPage.visit(browser, server.origin, options, query);
}
