/** Files as somebody at a screen sends and sees them. */
import { Buffer } from "node:buffer";
import { expect } from "expect";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import type { Member } from "../support/member.ts";
import { type Node, startParley } from "../support/node.ts";
import { blackPng, bytesOf, jpeg, moving, photo } from "../support/pictures.ts";
import { bundle, goOnStage } from "../support/stage.ts";
import { until } from "../support/wait.ts";
import { onDisk, roomWith, sendOk } from "./people.ts";

const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const MIB = 1024 * 1024;

let parley: Awaited<ReturnType<typeof startParley>>;
let browser: Browser;
let scripts: Awaited<ReturnType<typeof bundle>>;
let place: { roomId: RoomId; owner: Member };

Deno.test.beforeAll(async () => {
  const stage = bundle(new URL("./stage.tsx", import.meta.url));
  [parley, browser, scripts] = await Promise.all([startParley(), startBrowser(), stage]);
  const { room, owner } = await roomWith(parley.node);
  place = { roomId: room.id, owner };
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await parley?.close();
});

/** By this name browsers take our `Secure` cookies. */
function local(node: Node): Node {
  return { ...node, origin: node.origin.replace("127.0.0.1", "localhost") };
}

interface Stage {
  person: Person;
  page: Page;
}

async function stage(
  files: Attachment[] = [],
  { dir = "ltr", ...options }: BrowserContextOptions & { dir?: "ltr" | "rtl" } = DESKTOP,
): Promise<Stage> {
  const node = local(parley.node);
  const person = await Person.sitDown(browser, node.origin, options);
  const cookies = [...place.owner.cookies].map(([name, value]) => ({
    ...{ name, value, domain: "localhost", path: "/", secure: true, httpOnly: true },
    sameSite: "Lax" as const,
  }));
  await person.context.addCookies(cookies);
  await goOnStage(person, node, scripts, {
    roomId: place.roomId,
    csrf: await place.owner.csrf(),
    files,
    dir,
  });
  return { person, page: person.page };
}

interface Chosen {
  name: string;
  mimeType: string;
  bytes: Uint8Array;
}

async function choose(page: Page, ...files: Chosen[]): Promise<void> {
  const given = files.map(({ bytes, ...file }) => ({ ...file, buffer: Buffer.from(bytes) }));
  await page.getByLabel("Attach files").setInputFiles(given);
}

async function shownPicture(page: Page, name: string): Promise<void> {
  const picture = page.getByRole("img", { name });
  await until(
    `${name} to be drawn`,
    () =>
      picture.evaluate((image) =>
        (image as HTMLImageElement).complete && (image as HTMLImageElement).naturalWidth > 0
      ),
  );
}

Deno.test("a picture is chosen, seen in the tray while it goes, and shown in its place", async () => {
  const { person, page } = await stage();
  await choose(page, { name: "me.jpg", mimeType: "image/jpeg", bytes: await photo(1600, 1200) });
  const tray = page.getByRole("list", { name: "Files for this message" });
  await tray.getByText("me.jpg").waitFor();
  expect(await tray.locator("img").getAttribute("src")).toMatch(/^blob:/);
  const ready = page.getByRole("region", { name: "Ready" });
  await shownPicture(page, "me.jpg");
  const shown = await ready.getByRole("img", { name: "me.jpg" }).boundingBox();
  expect([shown!.width, shown!.height]).toEqual([360, 270]);
  await tray.getByRole("button", { name: "Take me.jpg away" }).click();
  await tray.waitFor({ state: "detached" });
  await person.getUp();
});

Deno.test("progress is told, and a file that is cancelled midway leaves nothing", async () => {
  const { person, page } = await stage();
  const before = onDisk(parley.node, place.roomId);
  const session = await person.context.newCDPSession(page);
  await session.send("Network.enable");
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: MIB };
  await session.send("Network.emulateNetworkConditions", slow);
  await choose(page, {
    name: "large.bin",
    mimeType: "application/octet-stream",
    bytes: new Uint8Array(9 * MIB),
  });
  const bar = page.getByRole("progressbar", { name: "Sending large.bin" });
  const seen: number[] = [];
  await until(
    "some progress",
    async () => seen.push(Number(await bar.getAttribute("value"))) > 0 && seen.at(-1)! > 10,
  );
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  await page.getByText(/\d+ % of 9\.4 MB/).waitFor();
  await page.getByRole("button", { name: "Cancel large.bin" }).click();
  await bar.waitFor({ state: "detached" });
  const { sql } = parley.node.services;
  await until("no upload", async () => (await sql`select 1 from uploads`).length === 0);
  await until("no bytes", () => onDisk(parley.node, place.roomId).join() === before.join());
  person.expectProblems(/ERR_FAILED|ERR_ABORTED/);
  await person.getUp();
});

Deno.test("what is wrong with a file is said beside it, in words", async () => {
  const { person, page } = await stage();
  const png = { name: "bomb.png", mimeType: "image/png", bytes: blackPng(30_000, 30_000) };
  const half = (await jpeg(900, 900)).slice(0, 4_000);
  const broken = { name: "half.jpg", mimeType: "image/jpeg", bytes: half };
  const empty = { name: "empty.txt", mimeType: "text/plain", bytes: new Uint8Array(0) };
  await choose(page, png, broken, empty);
  const tray = page.getByRole("list", { name: "Files for this message" });
  await tray.getByText("That picture has more than 40 megapixels. Make it smaller and try again.").waitFor();
  await tray.getByText("That picture is damaged or not complete. Try another copy of it.").waitFor();
  await tray.getByText("That file is empty.", { exact: true }).waitFor();
  // Heard, too.
  expect(await page.getByRole("status").first().textContent()).toContain("empty.txt: That file is empty.");
  person.expectProblems(/400/);
  await person.getUp();
});

Deno.test("a page whose token has grown old gets a new one on the way", async () => {
  const { person, page } = await stage();
  await page.evaluate(() => {
    const { fetch: real } = globalThis;
    const stale = { first: true };
    globalThis.fetch = (input, init) => {
      if (!stale.first) return real(input, init);
      stale.first = false;
      return real(input, {
        ...init,
        headers: { ...init?.headers as Record<string, string>, "X-CSRF-Token": "old" },
      });
    };
  });
  await choose(page, { name: "a.txt", mimeType: "text/plain", bytes: bytesOf("hello") });
  await page.getByRole("region", { name: "Ready" }).getByRole("link", { name: /Save a.txt/ }).waitFor();
  person.expectProblems(/403/);
  await person.getUp();
});

Deno.test("pictures are pasted and dropped; words that bring a picture of themselves stay words", async () => {
  const { person, page } = await stage();
  const give = (kind: "paste" | "drop", files: [name: string, type: string][], text = "") =>
    page.getByRole("textbox", { name: "Message" }).evaluate((field, [kind, files, text]) => {
      const data = new DataTransfer();
      for (const [name, type] of files) data.items.add(new File(["x"], name!, { type }));
      if (text) data.setData("text/plain", text);
      const init = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data };
      const event = kind === "paste" ? new ClipboardEvent("paste", init) : new DragEvent("drop", init);
      return !field.dispatchEvent(event);
    }, [kind, files, text] as const);
  expect(await give("paste", [["image.png", "image/png"]], "a table, as words")).toBe(false);
  expect(await give("paste", [], "only words")).toBe(false);
  expect(await give("paste", [["notes.txt", "text/plain"]], "notes.txt")).toBe(true);
  expect(await give("drop", [["a.txt", "text/plain"], ["b.txt", "text/plain"]])).toBe(true);
  const tray = page.getByRole("list", { name: "Files for this message" });
  for (const name of ["notes.txt", "a.txt", "b.txt"]) await tray.getByText(name).waitFor();
  expect(await tray.locator("li").count()).toBe(3);
  expect(await give("paste", [["image.png", "text/plain"]])).toBe(true);
  await tray.getByText("Pasted picture.png").waitFor();
  expect(await give("paste", [["fifth.txt", "text/plain"]])).toBe(true);
  await page.getByText("A message takes 4 files at most.").waitFor();
  await person.getUp();
});

Deno.test("a file is saved under its name when its row is clicked", async () => {
  const file = await sendOk(parley.node, place.owner, place.roomId, bytesOf("Minutes"), "Protokoll №1.txt");
  const { person, page } = await stage([file]);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Save Protokoll №1.txt Text · 7 bytes" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("Protokoll №1.txt");
  expect(await Deno.readTextFile(await download.path())).toBe("Minutes");
  await person.getUp();
});

async function threePictures(): Promise<Attachment[]> {
  const sizes = [[1200, 800], [500, 1500], [1000, 1000]] as const;
  return await Promise.all(
    sizes.map(async ([width, height], index) =>
      await sendOk(
        parley.node,
        place.owner,
        place.roomId,
        await photo(width, height),
        `picture ${index + 1}.jpg`,
      )
    ),
  );
}

Deno.test("pictures are looked at one by one, by keyboard alone, and the focus comes back", async () => {
  const { person, page } = await stage(await threePictures());
  await shownPicture(page, "picture 2.jpg");
  await page.getByRole("link", { name: "Open picture 2.jpg" }).focus();
  await page.keyboard.press("Enter");
  const gallery = page.getByRole("dialog", { name: "Pictures" });
  await gallery.getByText("2 of 3").waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("ArrowRight");
  await gallery.getByText("3 of 3").waitFor();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Home");
  await gallery.getByText("1 of 3").waitFor();
  await gallery.getByRole("button", { name: "The next one" }).click();
  await gallery.getByText("2 of 3").waitFor();
  await page.keyboard.press("Escape");
  await gallery.waitFor({ state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
    "Open picture 2.jpg",
  );
  await person.getUp();
});

Deno.test("in a room that runs from right to left the arrows follow the eye", async () => {
  const { person, page } = await stage(await threePictures(), { ...DESKTOP, dir: "rtl" });
  await page.evaluate(() => document.documentElement.dir = "rtl");
  await page.getByRole("link", { name: "Open picture 1.jpg" }).click();
  const gallery = page.getByRole("dialog", { name: "Pictures" });
  await gallery.getByText("1 of 3").waitFor();
  await page.keyboard.press("ArrowLeft");
  await gallery.getByText("2 of 3").waitFor();
  await page.keyboard.press("ArrowRight");
  await gallery.getByText("1 of 3").waitFor();
  await person.getUp();
});

Deno.test("a finger swipes from picture to picture on a phone, and nothing is wider than it", async () => {
  const { person, page } = await stage(await threePictures(), PHONE);
  await shownPicture(page, "picture 1.jpg");
  expect(await overflow(page)).toBe(0);
  await page.getByRole("link", { name: "Open picture 1.jpg" }).tap();
  const gallery = page.getByRole("dialog", { name: "Pictures" });
  await gallery.getByText("1 of 3").waitFor();
  const session = await person.context.newCDPSession(page);
  await session.send("Input.synthesizeScrollGesture", {
    x: 300,
    y: 400,
    xDistance: -260,
    yDistance: 0,
    speed: 1200,
  });
  await gallery.getByText("2 of 3").waitFor();
  expect(await overflow(page)).toBe(0);
  await gallery.getByRole("button", { name: "Close" }).tap();
  await gallery.waitFor({ state: "detached" });
  await person.getUp();
});

Deno.test("a picture keeps its place before it has come, and says so when it does not come", async () => {
  const [one, two] = await threePictures();
  const { person, page } = await stage([one!]);
  await page.route("**/thumb", () => {});
  await page.reload();
  const link = page.getByRole("link", { name: "Open picture 1.jpg" });
  const { width, height } = (await link.boundingBox())!;
  expect([width, height]).toEqual([360, 240]);
  expect(await link.locator("img").first().getAttribute("src")).toBe(one!.placeholder);
  await person.getUp();

  const gone = await stage([{ ...two!, id: "gone", thumbUrl: `${two!.thumbUrl}-gone` }]);
  await gone.page.getByText("picture 2.jpg could not be loaded.").waitFor();
  gone.person.expectProblems(/404/);
  await gone.person.getUp();
});

Deno.test("what moves stands still for those who asked for that", async () => {
  const file = await sendOk(parley.node, place.owner, place.roomId, await moving(6), "dance.gif");
  for (const [reducedMotion, address] of [["reduce", file.thumbUrl], ["no-preference", file.url]] as const) {
    const { person, page } = await stage([file], { ...DESKTOP, reducedMotion });
    await shownPicture(page, "dance.webp");
    const source = await page.getByRole("img", { name: "dance.webp" })
      .evaluate((image) => new URL((image as HTMLImageElement).currentSrc).pathname);
    expect(source).toBe(address);
    await person.getUp();
  }
});

Deno.test("tray and pictures are no barrier to anybody, by day and by night", async () => {
  const files = [
    ...await threePictures(),
    await sendOk(parley.node, place.owner, place.roomId, bytesOf("%PDF-1.7\n"), "پرونده.pdf"),
  ];
  for (const colorScheme of ["light", "dark"] as const) {
    for (const options of [DESKTOP, PHONE]) {
      const { person, page } = await stage(files, { ...options, colorScheme });
      await choose(
        page,
        { name: "me.jpg", mimeType: "image/jpeg", bytes: await jpeg(300, 200) },
        { name: "empty.txt", mimeType: "text/plain", bytes: new Uint8Array(0) },
      );
      await page.getByText("That file is empty.", { exact: true }).waitFor();
      await shownPicture(page, "me.jpg");
      expect(await barriers(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      person.expectProblems(/400/);
      await person.getUp();
    }
  }
});
