/** Files in live rooms: sent, seen, looked at and taken away by people at their screens. */
import { expect } from "expect";
import type { Browser } from "playwright-core";
import { account, DESKTOP, holds, live, makeRoom, PHONE, rowsOf, type Seat } from "../support/at_screens.ts";
import { startBrowser } from "../support/browser.ts";
import { choose, drag, drawn, fetched, press, ready, trayOf } from "../support/file_page.ts";
import { asText, bytesOf, CAMERA, jpeg, moving, photo, withPlace } from "../support/pictures.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

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

/** Two people in a room of theirs. */
async function two(
  options = DESKTOP,
): Promise<{ ann: Seat; ben: Seat; path: string; getUp(): Promise<void> }> {
  const [ann, ben] = await Promise.all([
    account(browser, server.origin, options),
    account(browser, server.origin, options),
  ]);
  const path = await makeRoom(ann, "Picture club");
  await ben.page.goto(path);
  await ben.page.getByRole("button", { name: "Join this room" }).click();
  await live(ben);
  return {
    ann,
    ben,
    path,
    getUp: async () => void await Promise.all([ann, ben].map((s) => s.person.getUp())),
  };
}

const article = ({ page }: Seat, text: string) => page.locator("article[id^=m-]", { hasText: text }).last();

for (const [device, options] of [["desktop", DESKTOP], ["phone", PHONE]] as const) {
  Deno.test(`a picture and a letter are chosen on a ${device}, and another sees them come in`, async () => {
    const { ann, ben, path, getUp } = await two(options);
    await choose(
      ann,
      { name: "bridge.jpg", type: "image/jpeg", bytes: await photo(1600, 1200) },
      { name: "letter.txt", type: "text/plain", bytes: bytesOf("Dear Ben") },
    );
    await ready(ann, 2);
    await holds(ann.page);
    await ann.room.writing.fill("See **both**");
    await press(ann);
    await trayOf(ann).waitFor({ state: "detached" });
    for (const seat of [ann, ben]) {
      await seat.room.sees("See both");
      const picture = await drawn(seat, "bridge.jpg");
      const { width, height } = (await picture.boundingBox())!;
      expect(Math.abs(width / height - 4 / 3)).toBeLessThan(0.02);
    }
    await holds(ben.page);
    const [download] = await Promise.all([
      ben.page.waitForEvent("download"),
      ben.page.getByRole("link", { name: "Save letter.txt Text · 8 bytes" }).click(),
    ]);
    expect([download.suggestedFilename(), await Deno.readTextFile(await download.path())]).toEqual([
      "letter.txt",
      "Dear Ben",
    ]);
    await ben.page.goto(path);
    await drawn(ben, "bridge.jpg");
    await getUp();
  });
}

Deno.test("files are pasted, and dropped anywhere on the page, which says so while they are held over it", async () => {
  const { ann, ben, getUp } = await two();
  await ann.room.writing.focus();
  await ann.page.evaluate(async (bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(bytes)], "image.png", { type: "image/png" }));
    const paste = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data });
    document.activeElement!.dispatchEvent(paste);
    await Promise.resolve();
  }, [...await jpeg(300, 200)]);
  await trayOf(ann).getByText("Pasted picture").waitFor();
  const folder = await Deno.makeTempDir();
  const paths = ["a.txt", "b.txt"].map((name) => `${folder}/${name}`);
  for (const path of paths) await Deno.writeTextFile(path, "dropped");
  const hint = ann.page.getByText("Drop files here to send them");
  const people = ann.page.getByRole("region", { name: "People", exact: true });
  const taken = await drag(ann, paths, people);
  await hint.waitFor();
  await taken.leave();
  await hint.waitFor({ state: "detached" });
  const held = await drag(ann, paths, people);
  await hint.waitFor();
  await held.drop();
  await hint.waitFor({ state: "detached" });
  await ready(ann, 3);
  // Nothing is said beside them.
  await ann.room.writing.press("Enter");
  await drawn(ben, "Pasted picture.jpg");
  for (const name of ["a.txt", "b.txt"]) await ben.page.getByRole("link", { name: `Save ${name}` }).waitFor();
  expect(await article(ben, "a.txt").locator(".words").count()).toBe(0);
  await Deno.remove(folder, { recursive: true });
  await getUp();
});

/** As much a second as on a slow line. */
async function slow({ page, person }: Seat, uploadThroughput: number): Promise<() => Promise<void>> {
  const session = await person.context.newCDPSession(page);
  await session.send("Network.enable");
  const line = { offline: false, latency: 0, downloadThroughput: -1 };
  await session.send("Network.emulateNetworkConditions", { ...line, uploadThroughput });
  return () =>
    session.send("Network.emulateNetworkConditions", { ...line, uploadThroughput: -1 }) as Promise<never>;
}

Deno.test("progress is told; a cancelled file does not come along; a message sent early goes when its files are there", async () => {
  const { ann, ben, getUp } = await two();
  const quick = await slow(ann, 2 * MIB);
  const large = (name: string) => ({ name, bytes: new Uint8Array(6 * MIB) });
  await choose(ann, large("wanted.bin"), large("unwanted.bin"));
  const bar = ann.page.getByRole("progressbar", { name: "Sending wanted.bin" });
  await until("some progress", async () => Number(await bar.getAttribute("value")) > 5);
  await ann.page.getByRole("button", { name: "Cancel unwanted.bin" }).click();
  await trayOf(ann).getByText("unwanted.bin").waitFor({ state: "detached" });
  await ann.room.writing.fill("Take this");
  await ann.room.writing.press("Enter");
  await ann.page.getByText("It goes out when its files are there.").waitFor();
  expect(await ann.room.writing.inputValue()).toBe("Take this");
  await quick();
  await ben.room.sees("Take this");
  await article(ben, "Take this").getByRole("link", { name: /^Save wanted.bin/ }).waitFor();
  expect(await ben.page.getByText("unwanted.bin").count()).toBe(0);
  expect(await ann.room.writing.inputValue()).toBe("");
  ann.person.expectProblems(/ERR_FAILED|ERR_ABORTED/);
  await getUp();
});

Deno.test("a file that got lost on the way is sent again by a button, and its message waits for it", async () => {
  const { ann, ben, getUp } = await two();
  await ann.page.route("**/api/upload/*", (route) => route.abort(), { times: 1 });
  ann.person.expectProblems(/ERR_FAILED/);
  await choose(ann, { name: "plan.txt", type: "text/plain", bytes: bytesOf("plan") });
  await trayOf(ann).getByText("The server cannot be reached.").waitFor();
  await ann.room.writing.fill("The plan");
  await ann.room.writing.press("Enter");
  await ann.page.getByText("A file did not get there. Try it again, or take it away.").waitFor();
  await ann.page.getByRole("button", { name: "Send plan.txt again" }).click();
  await ready(ann, 1);
  await ann.room.writing.press("Enter");
  await ben.room.sees("The plan");
  await ben.page.getByRole("link", { name: /^Save plan.txt/ }).waitFor();
  await getUp();
});

Deno.test("where a picture was taken is told to nobody who gets it", async () => {
  const { ann, ben, getUp } = await two();
  const sent = await withPlace();
  expect(asText(sent)).toContain(CAMERA);
  await choose(ann, { name: "holiday.jpg", type: "image/jpeg", bytes: sent });
  await ready(ann, 1);
  await press(ann);
  const link = ben.page.getByRole("link", { name: "Open holiday.jpg" });
  await drawn(ben, "holiday.jpg");
  const url = (await link.getAttribute("href"))!;
  for (const seat of [ann, ben]) {
    for (const path of [url, `${url}/thumb`]) {
      const { status, bytes } = await fetched(seat, path);
      expect(status).toBe(200);
      expect(asText(bytes)).not.toMatch(/Lantern|Somebody|GPS|Exif/);
    }
  }
  await getUp();
});

Deno.test("pictures are looked at by the keyboard alone, and Escape leads back to where one was", async () => {
  const { ann, ben, getUp } = await two();
  await choose(
    ann,
    { name: "one.jpg", type: "image/jpeg", bytes: await photo(1200, 800) },
    { name: "two.gif", type: "image/gif", bytes: await moving(4) },
  );
  await ready(ann, 2);
  await press(ann);
  await drawn(ben, "one.jpg");
  await ben.page.getByRole("link", { name: "Open one.jpg" }).focus();
  await ben.page.keyboard.press("Enter");
  const gallery = ben.page.getByRole("dialog", { name: "Pictures" });
  await gallery.getByText("1 of 2").waitFor();
  await ben.page.keyboard.press("ArrowRight");
  await gallery.getByText("2 of 2").waitFor();
  await ben.page.keyboard.press("Escape");
  await gallery.waitFor({ state: "detached" });
  expect(await ben.page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
    "Open one.jpg",
  );
  await getUp();
});

Deno.test("words are changed while the files stay; a deleted message takes its files' addresses along", async () => {
  const { ann, ben, getUp } = await two();
  await choose(ann, { name: "me.jpg", type: "image/jpeg", bytes: await jpeg(300, 200) });
  await ready(ann, 1);
  await press(ann);
  await drawn(ben, "me.jpg");
  const url = (await ben.page.getByRole("link", { name: "Open me.jpg" }).getAttribute("href"))!;
  // What a picture is called is nothing that one wrote.
  await ann.room.writing.press("ArrowUp");
  await ann.page.getByText("Editing").waitFor();
  expect(await ann.room.writing.inputValue()).toBe("");
  await ann.room.writing.fill("That is me");
  await ann.room.writing.press("Enter");
  await article(ben, "That is me").getByRole("img", { name: "me.jpg" }).waitFor();
  expect((await fetched(ben, url)).status).toBe(200);

  const row = article(ann, "That is me");
  await row.hover();
  await row.getByRole("button", { name: "More" }).click();
  await ann.page.getByRole("menuitem", { name: "Delete" }).click();
  await ann.page.getByRole("button", { name: "Delete", exact: true }).click();
  await ben.page.getByText("This message was deleted.").waitFor();
  expect(await ben.page.getByRole("img", { name: "me.jpg" }).count()).toBe(0);
  for (const seat of [ann, ben]) {
    seat.person.expectProblems(/404/);
    for (const path of [url, `${url}/thumb`]) expect((await fetched(seat, path)).status).toBe(404);
  }
  await getUp();
});

Deno.test("replies, threads and the list of rooms name the files where nothing was said", async () => {
  const { ann, ben, path, getUp } = await two();
  await choose(ann, { name: "__draft__ two.txt", type: "text/plain", bytes: bytesOf("draft") });
  await ready(ann, 1);
  await press(ann);
  const row = ben.page.locator("article[id^=m-]", { hasText: "__draft__ two.txt" });
  await row.hover();
  await row.getByRole("button", { name: "Reply" }).click();
  await ben.page.getByText("Answering").waitFor();
  await ben.room.say("I read it");
  const line = article(ann, "I read it").getByRole("link", { name: "In answer to" });
  await line.getByText("__draft__ two.txt").waitFor();
  await article(ann, "I read it").hover();
  await article(ann, "I read it").getByRole("button", { name: "More" }).click();
  await ann.page.getByRole("menuitem", { name: "Show thread" }).click();
  await ann.page.getByRole("region", { name: "Thread" }).getByRole("link", {
    name: /^Save __draft__ two.txt/,
  })
    .waitFor();
  await choose(ann, { name: "__last__.jpg", type: "image/jpeg", bytes: await jpeg(60, 40) });
  await ready(ann, 1);
  await press(ann);
  await drawn(ben, "__last__.jpg");
  await ben.page.goto("/dashboard");
  await rowsOf(ben).filter({ hasText: "Picture club" }).getByText("__last__.jpg").waitFor();
  await ben.page.goto(path);
  await getUp();
});

Deno.test("nothing is loaded for files before there are some", async () => {
  const { ann, getUp } = await two();
  const loaded = () =>
    ann.page.evaluate(() =>
      performance.getEntriesByType("resource").filter(({ name }) => /parts|UploadTray|gallery/i.test(name))
        .length
    );
  await ann.room.say("Only words");
  await ann.room.sees("Only words");
  expect(await loaded()).toBe(0);
  await choose(ann, { name: "a.txt", type: "text/plain", bytes: bytesOf("a") });
  await ready(ann, 1);
  expect(await loaded()).toBeGreaterThan(0);
  await getUp();
});
