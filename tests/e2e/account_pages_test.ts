import { Buffer } from "node:buffer";
import { expect } from "expect";
import { unzipSync } from "fflate";
import sharp from "sharp";
import type { Browser, Page } from "playwright-core";
import { PASSWORD, registerByEmail, signIn, somebody } from "../support/account_pages.ts";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { Outbox } from "../support/outbox.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const DOORS = ["/register", "/register?by=phone", "/login", "/verify-otp", "/forgot-password"];
const MINE = [
  "/dashboard",
  "/me",
  "/me/security",
  "/me/sessions",
  "/me/blocks",
  "/me/data",
  "/me/data?erase=ask",
];

let server: Server;
let browser: Browser;
let outbox: Outbox;

Deno.test.beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
  outbox = new Outbox(server.origin);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

async function member(options: Parameters<typeof Person.sitDown>[2] = {}) {
  const person = await Person.sitDown(browser, server.origin, options);
  const who = somebody();
  await registerByEmail(person.page, outbox, who);
  return { person, page: person.page, ...who };
}

Deno.test("nothing stands in anybody's way on the account's pages, in light and dark, on desktop and phone", async (test) => {
  const { person: owner, email, username } = await member();
  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of [DESKTOP, PHONE]) {
      const person = await Person.sitDown(browser, server.origin, { colorScheme, viewport });
      const look = async (path: string) => {
        await test.step(`${path}, ${colorScheme}, ${viewport.width} px`, async () => {
          await person.page.goto(path);
          expect(await barriers(person.page)).toEqual([]);
          expect(await overflow(person.page)).toBe(0);
        });
      };
      for (const path of DOORS) await look(path);
      await signIn(person.page, email);
      await person.page.waitForURL("**/dashboard");
      for (const path of [...MINE, `/u/${username}`]) await look(path);
      await person.page.locator("header summary").click();
      expect(await barriers(person.page)).toEqual([]);
      await person.getUp();
    }
  }
  await owner.getUp();
});

/** Presses Tab until the focus is where `label` says. */
async function tabTo(page: Page, label: string | RegExp, role: "button" | "textbox" | "link"): Promise<void> {
  const target = page.getByRole(role, { name: label }).first();
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never came to ${label}`);
}

Deno.test("an account is entered, looked at and left when there is a keyboard alone", async () => {
  const { person: owner, email } = await member();
  const person = await Person.sitDown(browser, server.origin);
  const { page } = person;
  await page.goto("/login");
  await tabTo(page, "E-mail address or phone number", "textbox");
  await page.keyboard.type(email);
  await tabTo(page, "Password", "textbox");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/dashboard");

  const menu = page.locator("header summary");
  await menu.focus();
  await page.keyboard.press("Enter");
  await tabTo(page, "Your account", "link");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/me");
  await menu.focus();
  await page.keyboard.press("Enter");
  await tabTo(page, "Sign out", "button");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
  await Promise.all([person.getUp(), owner.getUp()]);
});

Deno.test("a picture is set and taken away, and what is no picture is refused beside its field", async () => {
  const { person, page, username } = await member({ javaScriptEnabled: false });
  person.expectProblems(/400 \(Bad Request\)/);
  const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#c0451f" } }).png()
    .toBuffer();
  await page.goto("/me");
  await page.getByLabel("Choose a picture").setInputFiles({
    name: "a.png",
    mimeType: "image/png",
    buffer: png,
  });
  await page.getByRole("button", { name: "Use this picture" }).click();
  await page.getByText("That is your picture now.").waitFor();
  const picture = page.locator("header summary img");
  const answer = await page.request.get((await picture.getAttribute("src"))!);
  expect(answer.headers()["content-type"]).toBe("image/webp");
  await page.goto(`/u/${username}`);
  expect(await page.locator("main img").count()).toBe(1);

  await page.goto("/me");
  const words = { name: "b.png", mimeType: "image/png", buffer: Buffer.from("not a picture") };
  await page.getByLabel("Choose a picture").setInputFiles(words);
  await page.getByRole("button", { name: "Use this picture" }).click();
  await page.locator("#avatar-error").waitFor();
  await page.getByRole("button", { name: "Take the picture away" }).click();
  await page.getByText("drawn from your name again").waitFor();
  expect(await page.locator("header summary img").count()).toBe(0);
  await person.getUp();
});

Deno.test("somebody is blocked on their page and unblocked on one's own list when there is no JavaScript", async () => {
  const { person: other, username } = await member();
  const { person, page } = await member({ javaScriptEnabled: false });
  await page.goto(`/u/${username}`);
  await page.getByRole("button", { name: /^Block/ }).click();
  await page.getByText("Blocked.").waitFor();
  await page.goto("/me/blocks");
  await page.getByRole("link", { name: `@${username}` }).waitFor();
  await page.getByRole("button", { name: /^Unblock/ }).click();
  await page.getByText("You have blocked nobody").waitFor();
  await Promise.all([person.getUp(), other.getUp()]);
});

Deno.test("one's data is exported, and the account erased once it is asked for twice", async () => {
  const { person, page, email } = await member();
  person.expectProblems(/40[01] \((Bad Request|Unauthorized)\)/);
  await page.goto("/me/data");
  await page.getByRole("button", { name: "Make a copy" }).click();
  // The page looks by itself how far it is.
  const link = page.getByRole("link", { name: "Download" });
  await link.waitFor();
  const archive = await (await page.request.get((await link.getAttribute("href"))!)).body();
  const files = unzipSync(new Uint8Array(archive));
  expect(Object.values(files).some((bytes) => new TextDecoder().decode(bytes).includes(email))).toBe(true);

  await page.getByRole("link", { name: "Erase my account …" }).click();
  await page.getByLabel("Your password").fill("wrong password");
  await page.getByLabel("I know that nobody can bring it back.").check();
  await page.getByRole("button", { name: "Erase my account" }).click();
  await page.locator("#password-error").waitFor();
  await page.getByLabel("Your password").fill(PASSWORD);
  await page.getByLabel("I know that nobody can bring it back.").check();
  await page.getByRole("button", { name: "Erase my account" }).click();
  await page.waitForURL("**/login?done=erased");
  await until("the account to be gone", async () => {
    const [row] = await server.database.sql`select from users where lower(email) = ${email}`;
    return row === undefined;
  });
  await signIn(page, email);
  await page.getByRole("alert").waitFor();
  await person.getUp();
});

Deno.test("a guest is led to the account's form from pages that need one, and a visitor to the door", async () => {
  const person = await Person.sitDown(browser, server.origin);
  const { page } = person;
  await page.goto("/me/security");
  expect(new URL(page.url()).pathname).toBe("/login");
  await person.enter("/dashboard", "Calm Wren 12");
  await page.getByText("Your name is yours for a day").waitFor();
  await page.goto("/me");
  expect(new URL(page.url()).pathname).toBe("/register");
  await page.getByRole("heading", { name: "Keep your name" }).waitFor();
  await person.getUp();
});

Deno.test("a number is added to an account once its code came back, and opens it then", async () => {
  const { person, page } = await member({ javaScriptEnabled: false });
  person.expectProblems(/40[01] \((Bad Request|Unauthorized)\)/);
  await page.goto("/me/security");
  const phone = page.locator("#contact details").filter({ hasText: "Phone" });
  await phone.locator("summary").click();
  await phone.getByLabel("Phone number").fill("+44 7911 123456");
  await phone.getByLabel("Your password").fill("wrong password");
  await phone.getByRole("button", { name: "Send a code" }).click();
  await page.locator("#phone-password-error").waitFor();
  expect(await phone.getByLabel("Phone number").inputValue()).toBe("+44 7911 123456");
  await phone.getByLabel("Your password").fill(PASSWORD);
  await phone.getByRole("button", { name: "Send a code" }).click();
  await page.waitForURL("**/verify-otp");
  await page.getByLabel("Code", { exact: true }).fill(await outbox.code("+447911123456"));
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.waitForURL("**/me/security?done=contact");
  await phone.getByText("+447911123456").waitFor();
  await page.locator("header summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, "+44 7911 123456");
  await page.waitForURL("**/dashboard");
  await person.getUp();
});
