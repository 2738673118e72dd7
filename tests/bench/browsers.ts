/**
 * Two guests in two browsers, on two different isolates of `start.ts`: from the key that sends to the words on the other
 * screen. Run with `deno run -A tests/bench/browsers.ts [messages]` after `deno task build`.
 */
import type { Page } from "playwright-core";
import { Person, startBrowser } from "../support/browser.ts";
import { RoomPage } from "../support/room_page.ts";
import { startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";
import { ms, percentile } from "./figures.ts";

const MESSAGES = Number(Deno.args[0] ?? 1_000);
const ROOM = "/lounges/general/en";
/** A connection lands on an isolate as the kernel has it; so many are tried. */
const TRIES = 20;

interface Here {
  people: { name: string }[];
}

/** Name → the isolate that holds their socket, as the isolates themselves wrote it down. */
async function places(dataDir: string): Promise<Map<string, string>> {
  using kv = await Deno.openKv(`${dataDir}/kv.sqlite`);
  const found = new Map<string, string>();
  for await (const { key, value } of kv.list<Here>({ prefix: ["here"] })) {
    for (const { name } of value.people) found.set(name, String(key[2]));
  }
  return found;
}

async function sitApart(ann: RoomPage, ben: RoomPage, dataDir: string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    await Promise.all([ann.live(), ben.live()]);
    let where = new Map<string, string>();
    await until("both to be written down", async () => (where = await places(dataDir)).size === 2);
    if (where.get("Ann") !== where.get("Ben")) return;
    await ben.person.page.reload();
  }
  throw new Error("both browsers always came to the same isolate");
}

/** Lets a page be asked when a line came to its screen, looking only at what is new on it. */
async function watchScreen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = new Map<string, number>();
    const asked = new Map<string, (at: number) => void>();
    const when = (text: string) =>
      new Promise<number>((resolve) => seen.has(text) ? resolve(seen.get(text)!) : asked.set(text, resolve));
    Object.assign(globalThis, { when });
    new MutationObserver((changes) => {
      const now = Date.now();
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        const lines = node instanceof Element ? node.querySelectorAll("article .words") : [];
        for (const { textContent } of lines) {
          seen.set(textContent!, now);
          asked.get(textContent!)?.(now);
        }
      }
    }).observe(document.querySelector("ol")!, { childList: true, subtree: true });
  });
}

/** Types and sends in the page itself, so that the remote control's own time is not counted. @returns when. */
function send(page: Page, text: string): Promise<number> {
  return page.evaluate((text) => {
    const field = document.querySelector<HTMLTextAreaElement>("#message")!;
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    return new Promise<number>((done) =>
      requestAnimationFrame(() => {
        const at = Date.now();
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
        done(at);
      })
    );
  }, text);
}

function seenAt(page: Page, text: string): Promise<number> {
  return page.evaluate((text) => {
    return (globalThis as unknown as { when(text: string): Promise<number> }).when(text);
  }, text);
}

await using server = await startServer();
const browsers = await Promise.all([startBrowser(), startBrowser()]);
try {
  const [ann, ben] = await Promise.all(
    browsers.map(async (browser, index) => {
      const person = await Person.sitDown(browser, server.origin);
      await person.enter(ROOM, index === 0 ? "Ann" : "Ben");
      return new RoomPage(person);
    }),
  ) as [RoomPage, RoomPage];
  await sitApart(ann, ben, server.dataDir);
  const pages = [ann.person.page, ben.person.page];
  await Promise.all(pages.map(watchScreen));
  const took: number[] = [];
  for (let message = 0; message < MESSAGES; message++) {
    const [from, to] = message % 2 === 0 ? [pages[0]!, pages[1]!] : [pages[1]!, pages[0]!];
    const text = `line ${message} of ${crypto.randomUUID()}`;
    const sent = await send(from, text);
    took.push(await seenAt(to, text) - sent);
  }
  await ann.writing.fill("still there?");
  await ben.person.page.getByText("is typing").waitFor();
  await ben.writing.fill("yes");
  await ann.person.page.getByText("is typing").waitFor();
  const people = await Promise.all([ann.people(), ben.people()]);
  console.log(`${MESSAGES} messages between two browsers on two isolates, to the other screen:`);
  console.log(
    `  p50 ${ms(percentile(took, 0.5))}, p99 ${ms(percentile(took, 0.99))}, max ${ms(Math.max(...took))}`,
  );
  console.log(
    `  typing seen both ways; people seen by each: ${people.map((names) => names.join(" and ")).join("; ")}`,
  );
} finally {
  await Promise.all(browsers.map((browser) => browser.close()));
}
