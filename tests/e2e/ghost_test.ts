import { Buffer } from "node:buffer";
import { expect } from "expect";
import type { Browser } from "playwright-core";
import { startBrowser } from "../support/browser.ts";
import { placesWith } from "../support/everywhere.ts";
import { GhostPage, PHONE } from "../support/ghost_page.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

/** A lantern, 3 by 2 pixels. */
const PICTURE = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFklEQVR4nGP8z8DAwMDAxAADjAgWAwAJKgECZb2QvAAAAABJRU5ErkJggg==",
);
const REFUSED = /status of 4\d\d/;

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const sitDown = (options = {}) => GhostPage.sitDown(browser, server.origin, options);

/** Ada, who has made a room, and Ben on a phone, both in it. */
async function twoIn(options: { plain?: boolean } = {}) {
  const [ada, ben] = await Promise.all([sitDown(), sitDown({ viewport: PHONE, hasTouch: true })]);
  const link = await ada.make(options);
  await ada.comeIn("Ada");
  await ben.join(link, "Ben");
  const getUp = async () => {
    await ada.person.getUp();
    await ben.person.getUp();
  };
  return { ada, ben, link, getUp };
}

Deno.test("two people talk, and the server keeps nothing that it could read, when their room is encrypted", async () => {
  const { ada, ben, link, getUp } = await twoIn();
  expect(link).toMatch(/\/g\/ghost-[\w-]{8,}#k=[\w-]{43}$/);
  await ada.say("The quincunx burns at nine");
  await ben.room.sees("The quincunx burns at nine");
  await ben.say("Under the bridge, then");
  await ada.room.sees("Under the bridge, then");

  await ada.room.writing.fill("");
  await ada.room.writing.press("ArrowUp");
  await until(
    "her last words in the field",
    async () => await ada.room.writing.inputValue() === "The quincunx burns at nine",
  );
  await ada.room.writing.fill("The quincunx burns at ten");
  await ada.room.writing.press("Enter");
  await until(
    "the edit",
    async () => (await ben.room.words()).some((line) => line.startsWith("The quincunx burns at ten")),
  );

  const answered = ada.page.locator("article", { hasText: "Under the bridge, then" });
  await answered.hover();
  await answered.getByRole("button", { name: "Reply" }).click();
  await ada.say("Bring the key");
  await ben.room.sees("Bring the key");
  expect(await ben.page.locator("article", { hasText: "Bring the key" }).innerText()).toContain(
    "Under the bridge",
  );

  await ada.page.getByLabel("Attach files").setInputFiles([
    { name: "moonlit-bridge.png", mimeType: "image/png", buffer: Buffer.from(PICTURE) },
    {
      name: "plans.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("bring no torches"),
    },
  ]);
  await until("both files in the room", async () => await ada.page.locator("progress").count() === 0);
  await ada.say("See both");
  await ben.room.sees("See both");
  const picture = ben.page.getByRole("img", { name: "moonlit-bridge.png" });
  await picture.waitFor();
  expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(3);
  const [download] = await Promise.all([
    ben.page.waitForEvent("download"),
    ben.page.getByRole("button", { name: /plans\.txt/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("plans.txt");
  expect(await Deno.readTextFile(await download.path())).toBe("bring no torches");

  const secret = new URL(link).hash.slice(3);
  const words = [
    "quincunx",
    "moonlit",
    "Under the",
    "torches",
    "plans.txt",
    "See both",
    secret,
    secret.slice(0, 20),
  ];
  expect(await placesWith(server, words)).toEqual([]);
  // The search does find what is kept: who was here, and that something sealed is.
  expect((await placesWith(server, ["Ada", "e1."])).length).toBeGreaterThan(0);
  await getUp();
});

Deno.test("the server can read a plain room, and its door and its inside say so", async () => {
  const { ada, ben, link, getUp } = await twoIn({ plain: true });
  expect(link).not.toContain("#");
  await ada.say("Nothing secret here");
  await ben.room.sees("Nothing secret here");
  expect(await ada.page.getByText("The server can read this room.").count()).toBe(1);
  expect((await placesWith(server, ["Nothing secret here"])).length).toBeGreaterThan(0);
  await getUp();
});

Deno.test("somebody with a cut-off key is told before they join, and the whole link pasted over it opens", async () => {
  const [ada, cara] = await Promise.all([sitDown(), sitDown()]);
  const link = await ada.make();
  for (const cut of [link.slice(0, -5), link.split("#")[0]!, `${link.slice(0, -43)}${"A".repeat(43)}`]) {
    await cara.page.goto("about:blank");
    await cara.page.goto(cut);
    await cara.page.getByText(/This link is cut off/).waitFor();
    await cara.page.getByText(/Ask for the whole of/).waitFor();
    expect(await cara.page.getByLabel("Your name in there").count()).toBe(0);
  }
  // Only the fragment changes: no page is loaded by the browser itself.
  await cara.page.evaluate((href) => location.href = href, link);
  await cara.comeIn("Cara");
  await ada.person.getUp();
  await cara.person.getUp();
});

Deno.test("names and places are told in words when they are taken", async () => {
  const { ben, link, getUp } = await twoIn();
  const cara = await sitDown();
  cara.person.expectProblems(REFUSED);
  await cara.page.goto(link);
  await cara.page.getByText("2 of 50 places taken").waitFor();
  await cara.page.getByLabel("Your name in there").fill("BEN");
  await cara.page.getByRole("button", { name: "Come in" }).click();
  await cara.page.getByText(/already has that name/).waitFor();
  await cara.comeIn("Cara");
  await ben.page.getByRole("button", { name: "About this room" }).click();
  await ben.page.getByRole("button", { name: /^Leave/ }).click();
  await ben.page.getByRole("heading", { name: "You are out of the room" }).waitFor();
  await ben.page.getByRole("button", { name: "Back to the door" }).click();
  await ben.page.getByText("2 of 50 places taken").waitFor();
  await cara.person.getUp();
  await getUp();
});

Deno.test("a reload leads back in, and nothing is in the storage that other tabs and days can see", async () => {
  const { ada, ben, getUp } = await twoIn();
  await ben.say("Before the reload");
  await ada.room.sees("Before the reload");
  await ada.page.reload();
  await ada.room.sees("Before the reload");
  await ada.say("Still here");
  await ben.room.sees("Still here");
  expect(await ada.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await getUp();
});

Deno.test("older words are opened too when somebody who came late reads back", async () => {
  const [ada, cara] = await Promise.all([sitDown(), sitDown()]);
  const link = await ada.make();
  await ada.comeIn("Ada");
  for (let line = 0; line < 55; line++) await ada.say(`Line ${line}.`);
  await ada.room.sees("Line 54.");
  await cara.join(link, "Cara");
  await cara.room.sees("Line 54.");
  await cara.page.getByRole("region", { name: "Messages" }).evaluate((list) =>
    list.scrollTo(0, -list.scrollHeight)
  );
  await cara.room.sees("Line 0.");
  const lines = Array.from({ length: 55 }, (_, line) => `Line ${line}.`);
  expect(await cara.room.sent("Line")).toEqual(lines);
  await ada.person.getUp();
  await cara.person.getUp();
});

Deno.test("nothing is left on anybody's screen when whoever made the room closes it", async () => {
  const { ada, ben, link, getUp } = await twoIn();
  for (const { person } of [ada, ben]) person.expectProblems(REFUSED);
  await ben.say("Soon forgotten");
  await ada.room.sees("Soon forgotten");
  expect(await ben.page.getByRole("button", { name: /^Close the room/ }).count()).toBe(0);
  await ada.page.getByRole("button", { name: /^Close the room/ }).click();
  await ada.page.getByRole("button", { name: "Keep it" }).click();
  await ada.page.getByRole("button", { name: /^Close the room/ }).click();
  await ada.page.getByRole("button", { name: "Close it" }).click();
  for (const { page } of [ada, ben]) {
    await page.getByRole("heading", { name: "The room is gone" }).waitFor();
    expect(await page.locator("body").innerText()).not.toContain("Soon forgotten");
    expect(page.url()).not.toContain("#");
    expect(await page.evaluate(() => [...Object.keys(sessionStorage), ...Object.keys(localStorage)])).toEqual(
      [],
    );
  }
  const late = await sitDown();
  late.person.expectProblems(REFUSED);
  await late.page.goto(link);
  await late.page.getByRole("heading", { name: /room is (closed|over)|no such room/ }).waitFor();
  await late.person.getUp();
  await getUp();
});

Deno.test("the link is there to copy and as a code, drawn without asking anybody", async () => {
  const ada = await sitDown({ permissions: ["clipboard-read", "clipboard-write"] });
  const link = await ada.make();
  expect(await ada.page.getByLabel("The link is the way in").inputValue()).toBe(link);
  await ada.page.getByRole("button", { name: "Copy" }).click();
  await ada.page.getByText("The link is copied.").waitFor();
  expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  const asked: string[] = [];
  ada.page.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));
  await ada.page.getByRole("button", { name: "QR code" }).click();
  await ada.page.getByRole("img", { name: "The link as a QR code" }).waitFor();
  expect(asked.filter((request) => request.includes(new URL(link).hash.slice(3)))).toEqual([]);
  await ada.person.getUp();
});

Deno.test("pages of ghost rooms are told to nobody and kept nowhere, and say why they need JavaScript", async () => {
  for (const path of ["/g", "/g/ghost-abcdefgh12345678"]) {
    const response = await fetch(server.origin + path);
    const { headers } = response;
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-robots-tag")).toContain("noindex");
    expect(await response.text()).toMatch(/<noscript>.*need JavaScript/s);
  }
  expect((await fetch(`${server.origin}/g/not-a-token`).then((r) => (r.body?.cancel(), r))).status).toBe(404);
});

Deno.test("the browser loads at most 60 KB of JavaScript when a ghost room is entered", async () => {
  const [maker, ada] = await Promise.all([sitDown(), sitDown()]);
  const link = await maker.make();
  const files: Promise<number>[] = [];
  ada.page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    files.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await ada.join(link, "Ada");
  const bytes = (await Promise.all(files)).reduce((sum, size) => sum + size, 0);
  console.log(`${bytes} bytes in ${files.length} files`);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(60 * 1024);
  await maker.person.getUp();
  await ada.person.getUp();
});
