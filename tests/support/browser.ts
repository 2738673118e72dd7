/** Chromium, and people who sit before it. */
import { existsSync } from "node:fs";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";

const WHOLE = Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium";
/** Chromium without its windows, which takes an eighth of the processor time a page. It knows nothing of notifications. */
const SHELL = "/usr/bin/chromium-headless-shell";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Milliseconds that anything in a page may take. */
const PATIENCE = 15_000;

const LIGHT = !Deno.env.has("CHROMIUM") && existsSync(SHELL) ? SHELL : WHOLE;

export const BROWSER = { executablePath: LIGHT, args: FLAGS, headless: true };

/** @param options `whole`: with all that a browser has, at its price; otherwise as light as there is one. */
export function startBrowser({ whole = false } = {}): Promise<Browser> {
  return chromium.launch({ ...BROWSER, ...(whole && { executablePath: WHOLE }) });
}

/** Somebody with a browser of their own: cookies, storage, network. */
export class Person {
  /** Page errors, console errors and violations of the content security policy. */
  readonly problems: string[] = [];
  /** A page whose session ends while it connects hears of that, and the browser writes it down. */
  #expected: RegExp[] = [/WebSocket connection to .* Authentication failed/];

  private constructor(readonly context: BrowserContext, readonly page: Page) {}

  static async sitDown(
    browser: Browser,
    baseURL: string,
    options: BrowserContextOptions = {},
  ): Promise<Person> {
    const context = await browser.newContext({ baseURL, reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const person = new Person(context, page);
    page.on("pageerror", (error) => person.problems.push(`page error: ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") {
        person.problems.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    return person;
  }

  /** Comes in as a guest by the form, and goes on to `path`. */
  async enter(path: string, name: string, { red = false } = {}): Promise<void> {
    await this.page.goto(`/guest?next=${encodeURIComponent(path)}`);
    await this.page.getByLabel("Your name here").fill(name);
    await this.page.locator(`input[name=ageCategory][value=${red ? "_18PLUS_RED" : "_18PLUS"}]`).check();
    await this.page.getByRole("button", { name: "Come in" }).click();
    await this.page.waitForURL((url) => url.pathname === path);
  }

  /** Such problems belong to what the test does: no network, a server that is gone. */
  expectProblems(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** Leaves. @throws Error when there was a problem that nobody expected. */
  async getUp(): Promise<void> {
    await this.context.close();
    const bad = this.problems.filter((problem) => !this.#expected.some((pattern) => pattern.test(problem)));
    if (bad.length > 0) throw new Error(`problems in the page:\n${bad.join("\n")}`);
  }
}
