import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { Person } from "./browser.ts";
import { RoomPage } from "./room_page.ts";

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** Somebody before, in or after a ghost room. */
export class GhostPage {
  readonly room: RoomPage;

  private constructor(readonly person: Person) {
    this.room = new RoomPage(person);
  }

  static async sitDown(
    browser: Browser,
    origin: string,
    options: BrowserContextOptions = {},
  ): Promise<GhostPage> {
    return new GhostPage(await Person.sitDown(browser, origin, { viewport: DESKTOP, ...options }));
  }

  get page() {
    return this.person.page;
  }

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  /** Makes a room by the form. @returns its whole link */
  async make({ plain = false, hours = "1 day" } = {}): Promise<string> {
    await this.page.goto("/g");
    await this.page.getByLabel(hours, { exact: true }).check();
    if (plain) await this.page.getByLabel("Those with the link, and the server").check();
    await this.page.getByRole("button", { name: "Make the room" }).click();
    await this.page.waitForURL(/\/g\/ghost-/);
    return this.page.url();
  }

  /** Goes in by the door that is open before them. */
  async comeIn(name: string): Promise<void> {
    await this.page.getByLabel("Your name in there").fill(name);
    await this.page.getByRole("button", { name: "Come in" }).click();
    await this.room.writing.waitFor();
  }

  async join(link: string, name: string): Promise<void> {
    await this.page.goto(link);
    await this.comeIn(name);
  }

  /** By the button: where the keyboard is on the screen, Enter breaks the line. */
  async say(text: string): Promise<void> {
    await this.room.writing.fill(text);
    await this.page.getByRole("button", { name: "Send" }).click();
  }
}
