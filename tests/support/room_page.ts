import type { Locator } from "playwright-core";
import type { Person } from "./browser.ts";
import { until } from "./wait.ts";

/** A room as somebody sees it on their screen. */
export class RoomPage {
  readonly messages: Locator;
  readonly writing: Locator;

  constructor(readonly person: Person) {
    this.messages = person.page.locator("article[id^=m-]");
    this.writing = person.page.locator("#message");
  }

  /** Writes a line and sends it by the key for that; does not wait for the server. */
  async say(text: string): Promise<void> {
    await this.writing.fill(text);
    await this.writing.press("Enter");
  }

  /** The words on the page, oldest first. */
  async words(): Promise<string[]> {
    return await this.person.page.locator("article .words").allTextContents();
  }

  /** Lines that begin so and are not on their way any more, in the order of the page. */
  async sent(prefix: string): Promise<string[]> {
    const lines = this.person.page.locator("article .words:not(.text-soft)");
    return (await lines.allTextContents()).filter((text) => text.startsWith(prefix));
  }

  /** Waits for a line of somebody to be there, sent. */
  async sees(text: string): Promise<void> {
    await until(`"${text}" on the page`, async () => (await this.sent(text)).includes(text));
  }

  /** Waits until the room is live: who is in it is known by then. */
  async live(): Promise<void> {
    const { page, problems } = this.person;
    const people = page.getByRole("region", { name: "People", exact: true });
    await people.getByText("you", { exact: true }).waitFor().catch((cause) => {
      throw new Error(`the room did not come alive: ${problems.join("; ") || "the page says nothing"}`, {
        cause,
      });
    });
  }

  async people(): Promise<string[]> {
    const list = this.person.page.getByRole("region", { name: "People here" });
    return await list.locator("li bdi").allTextContents();
  }
}
