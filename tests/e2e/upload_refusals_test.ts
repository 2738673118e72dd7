/** What people are told whose files are not taken, and what others see of files that call themselves something else. */
import { Buffer } from "node:buffer";
import { expect } from "expect";
import type { Browser } from "playwright-core";
import { account, DESKTOP, holds, live, makeRoom, PHONE, type Seat } from "../support/at_screens.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { choose, drag, drawn, fetched, press, ready, trayOf } from "../support/file_page.ts";
import { RoomPage } from "../support/room_page.ts";
import { asText, blackPng, bytesOf, jpeg, SVG, together } from "../support/pictures.ts";
import { type Server, startServer } from "../support/server.ts";

const MIB = 1024 * 1024;

let server: Server;
let browser: Browser;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

async function inRoom(options = DESKTOP): Promise<Seat> {
  const seat = await account(browser, server.origin, options);
  await makeRoom(seat, "Refusals");
  return seat;
}

for (const [device, options] of [["desktop", DESKTOP], ["phone", PHONE]] as const) {
  Deno.test(`what is wrong with a file is said beside it on a ${device}, and the rest can go`, async () => {
    const ann = await inRoom(options);
    ann.person.expectProblems(/status of 400/);
    await choose(
      ann,
      { name: "bomb.png", type: "image/png", bytes: blackPng(30_000, 30_000) },
      { name: "half.jpg", type: "image/jpeg", bytes: (await jpeg(900, 900)).slice(0, 4_000) },
      { name: "good.txt", type: "text/plain", bytes: bytesOf("good") },
    );
    const tray = trayOf(ann);
    await tray.getByText("That picture has more than 40 megapixels. Make it smaller and try again.")
      .waitFor();
    await tray.getByText("That picture is damaged or not complete. Try another copy of it.").waitFor();
    // Nothing about them will be better the next time.
    expect(await ann.page.getByRole("button", { name: /again$/ }).count()).toBe(0);
    await holds(ann.page);
    await choose(ann, { name: "large.bin", bytes: new Uint8Array(10 * MIB + 1) });
    await ann.page.getByText("Files may have 10 MB at most.").waitFor();
    await choose(
      ann,
      { name: "four.txt", bytes: bytesOf("4") },
      { name: "five.txt", bytes: bytesOf("5") },
    );
    await ann.page.getByText("A message takes 4 files at most.").waitFor();
    for (const name of ["bomb.png", "half.jpg", "four.txt"]) {
      await ann.page.getByRole("button", { name: `Take ${name} away` }).click();
    }
    await ready(ann, 1);
    await press(ann);
    await ann.page.locator("article").getByRole("link", { name: /^Save good.txt/ }).waitFor();
    await ann.person.getUp();
  });
}

Deno.test("drawings and pages that call themselves pictures are there to be saved, and a picture that is a page too is a picture", async () => {
  const ann = await inRoom();
  const script = "<script>document.title = 'taken over'</script>";
  await choose(
    ann,
    { name: "logo.svg", type: "image/svg+xml", bytes: bytesOf(SVG) },
    { name: "cat.png", type: "image/png", bytes: bytesOf(`<!doctype html>${script}`) },
    { name: "me.html", type: "text/html", bytes: together(await jpeg(300, 200), bytesOf(`<html>${script}`)) },
  );
  await ready(ann, 3);
  await press(ann);
  await drawn(ann, "me.html.jpg");
  const shown = await fetched(
    ann,
    (await ann.page.getByRole("link", { name: "Open me.html.jpg" }).getAttribute("href"))!,
  );
  expect([shown.type, asText(shown.bytes).includes("script")]).toEqual(["image/jpeg", false]);
  for (const name of ["logo.svg", "cat.png"]) {
    const link = ann.page.getByRole("link", { name: `Save ${name}` });
    // Opened as a page it is saved all the same: nothing of it is ever shown.
    const url = (await link.getAttribute("href"))!;
    expect((await fetched(ann, url)).type).toBe("application/octet-stream");
    const [download] = await Promise.all([
      ann.page.waitForEvent("download"),
      ann.page.evaluate((href) => void (location.href = href), url),
    ]);
    expect(download.suggestedFilename()).toBe(name);
  }
  expect(await ann.page.title()).not.toContain("taken over");
  await ann.person.getUp();
});

Deno.test("guests have no button for files, and are told why when they paste or drop some", async () => {
  const person = await Person.sitDown(browser, server.origin, DESKTOP);
  await person.enter("/lounges/general/en", "Gus");
  const gus: Seat = { person, page: person.page, room: new RoomPage(person), name: "Gus" };
  await live(gus);
  expect(await gus.page.getByLabel(/^Attach files/).count()).toBe(0);
  const path = await Deno.makeTempFile({ suffix: ".txt" });
  await (await drag(gus, [path], gus.room.writing)).drop();
  await gus.page.getByText("Sending files takes an account. Guests can make theirs into one.").waitFor();
  await gus.room.say("Words alone, then");
  await gus.room.sees("Words alone, then");
  await Deno.remove(path);
  await person.getUp();
});

Deno.test("files go with the form when there is no JavaScript, and what is wrong with them is said above it", async () => {
  const ann = await inRoom();
  const path = new URL(ann.page.url()).pathname;
  const nora = await Person.sitDown(browser, server.origin, {
    ...DESKTOP,
    javaScriptEnabled: false,
    storageState: await ann.person.context.storageState(),
  });
  nora.expectProblems(/status of 4(00|13)/);
  const { page } = nora;
  const send = async (files: [name: string, bytes: Uint8Array][], words = "") => {
    const given = files.map(([name, bytes]) => (
      { name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) }
    ));
    await page.getByLabel(/^Attach files/).setInputFiles(given);
    await page.locator("#message").fill(words);
    await page.getByRole("button", { name: "Send" }).click();
  };
  await page.goto(path);
  await send([["me.jpg", await jpeg(300, 200)], ["a.txt", bytesOf("a")]]);
  await page.locator("article").getByRole("img", { name: "me.jpg" }).waitFor();
  await page.locator("article").getByRole("link", { name: /^Save a.txt/ }).waitFor();
  // Whoever is there live sees it come in.
  await drawn(ann, "me.jpg");
  await send([["bomb.png", blackPng(30_000, 30_000)]], "Look at this");
  await page.getByText("That picture has more than 40 megapixels. Make it smaller and try again.").waitFor();
  expect(await page.locator("#message").inputValue()).toBe("Look at this");
  // There the pictures stand too, and lead to themselves.
  const link = page.getByRole("link", { name: "Open me.jpg" });
  expect(await link.getAttribute("href")).toMatch(/^\/files\/rooms\//);
  await send([], "");
  await page.getByText("must not be empty").waitFor();
  await send([["large.bin", new Uint8Array(10 * MIB + 1)]], "Too much");
  await page.getByText("That file is too large: at most 10 MB.").waitFor();
  await page.locator("#message").fill("Words go as ever");
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator("article", { hasText: "Words go as ever" }).waitFor();
  await nora.getUp();
  await ann.person.getUp();
});
