/** Notices scripts that came in with somebody's words, and whatever the content policy had to stop. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { BROWSER } from "../browser.ts";
import { foreignParts, unseen } from "./dom.ts";

/** The browser calls this from any frame. */
const BELL = "parleyNoticed";

/** What scripts of the corpora call to show that they run. They do no more than tell. */
function listen(bell: string): void {
  const tell = (what: string, ...details: unknown[]) => {
    const ring = Reflect.get(globalThis, bell) as undefined | ((text: string) => void);
    ring?.(`${what}: ${details.map(String).join(", ").slice(0, 200)}`);
  };
  // Not `eval`: the tests read pages by it, and the policy stops any other use.
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    Reflect.set(globalThis, name, (...details: unknown[]) => void tell(name, ...details));
  }
  for (const name of ["write", "writeln"]) {
    Reflect.set(Document.prototype, name, (...details: unknown[]) => tell(name, ...details));
  }
  addEventListener(
    "securitypolicyviolation",
    ({ violatedDirective, blockedURI, sample }) => tell("policy", violatedDirective, blockedURI, sample),
    true,
  );
}

/** A browser for hostile texts: it reaches nothing but this machine. */
export function startWatchedBrowser(): Promise<Browser> {
  const args = [
    ...BROWSER.args,
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
  ];
  return chromium.launch({ ...BROWSER, args });
}

/** Scrolls the conversation up by a screen. @returns whether there was anything above, in what is loaded */
async function scrollUp(): Promise<boolean> {
  const list = document.querySelector("[role=region][aria-label=Messages]");
  if (!list) return false;
  const before = list.scrollTop;
  list.scrollTop -= list.clientHeight;
  for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
  return list.scrollTop !== before;
}

function scrollToEnd(): void {
  const list = document.querySelector("[role=region][aria-label=Messages]");
  if (list) list.scrollTop = 0;
}

/** A browser window of somebody's, in which nothing but our own scripts may run. */
export class Watch {
  /** On its way to a page of ours, before any was opened. */
  #somewhere?: Promise<unknown>;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly origin: string,
    /** What ran, what was stopped, where it went; and what stood in the pages that were looked at. */
    readonly noticed: string[],
  ) {}

  /** @param origin requests and pages elsewhere are noticed; `data:` and `blob:` are what pages make themselves */
  static async open(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Watch> {
    const context = await browser.newContext({ baseURL: origin, reducedMotion: "reduce", ...options });
    const noticed: string[] = [];
    const note = (what: string, detail: string) => void noticed.push(`${what}: ${detail}`.slice(0, 600));
    const isOurs = (url: string) => url.startsWith(`${origin}/`) || url.startsWith(`blob:${origin}/`);
    await context.exposeBinding(BELL, ({ frame }, text: string) => note(frame.url(), text));
    await context.addInitScript(listen, BELL);
    context.on("request", (request) => {
      const url = request.url();
      if (!isOurs(url) && !(request.resourceType() === "image" && url.startsWith("data:image/"))) {
        note("request", url);
      }
    });
    context.on("weberror", (error) => note("uncaught", String(error.error())));
    context.on("console", (message) => {
      if (/content security policy/i.test(message.text())) note("policy", message.text());
    });
    context.on("page", (page) => {
      page.on("dialog", (dialog) => {
        note("dialog", dialog.message());
        dialog.dismiss().catch(() => {});
      });
      page.on("framenavigated", (frame) => {
        if (!isOurs(frame.url()) && frame.url() !== "about:blank") note("page", frame.url());
        if (frame.parentFrame()) note("frame", frame.url());
      });
    });
    const page = await context.newPage();
    context.on("page", (other) => note("window", other.url()));
    return new Watch(context, page, origin, noticed);
  }

  /**
   * Looks at the page that is open, and says which of these texts do not stand in it. Of a live conversation only what
   * is near the view is in the page: what is missing is looked for further up, and then the end is shown again.
   */
  async look(texts: readonly string[] = []): Promise<string[]> {
    let missing = await this.#glance(texts);
    if (missing.length === 0) return missing;
    while (missing.length > 0 && await this.page.evaluate(scrollUp)) missing = await this.#glance(missing);
    await this.page.evaluate(scrollToEnd);
    return missing;
  }

  async #glance(texts: readonly string[]): Promise<string[]> {
    const where = this.page.url();
    for (const part of await this.page.evaluate(foreignParts, undefined)) {
      this.noticed.push(`${where}: ${part}`);
    }
    return await this.page.evaluate(unseen, { texts: [...texts] });
  }

  /** Looks at a page that was not opened, as its HTML. */
  async read(path: string, html: string, texts: readonly string[] = []): Promise<string[]> {
    // Addresses are held against that of the page which reads.
    if (this.page.url() === "about:blank") await (this.#somewhere ??= this.page.goto("/robots.txt"));
    for (const part of await this.page.evaluate(foreignParts, html)) this.noticed.push(`${path}: ${part}`);
    return texts.length === 0 ? [] : await this.page.evaluate(unseen, { texts: [...texts], html });
  }

  /** Opens a page and looks at it. @returns those of `texts` that it does not show */
  async visit(path: string, texts: readonly string[] = []): Promise<string[]> {
    await this.page.goto(path, { waitUntil: "load" });
    return await this.look(texts);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
