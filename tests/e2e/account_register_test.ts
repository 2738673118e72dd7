import { expect } from "expect";
import type { Browser } from "playwright-core";
import { PASSWORD, registerByEmail, signIn, signOut, somebody } from "../support/account_pages.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { Outbox } from "../support/outbox.ts";
import { RoomPage } from "../support/room_page.ts";
import { type Server, startServer } from "../support/server.ts";

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

Deno.test("somebody opens an account by phone with the code of the message, leaves, and comes back by number", async () => {
  const person = await Person.sitDown(browser, server.origin);
  const { page } = person;
  person.expectProblems(/400 \(Bad Request\)/);
  await page.goto("/register?by=phone");
  await page.getByLabel("Phone number").fill("+34 612 34 56 78");
  await page.getByLabel("First name").fill("Ana");
  await page.getByLabel("Last name").fill("Torres");
  await page.getByLabel("Year of birth").fill("1990");
  await page.getByRole("button", { name: "Send me a code by SMS" }).click();
  await page.waitForURL("**/verify-otp");
  const code = await outbox.code("+34612345678");

  const field = page.getByLabel("Code", { exact: true });
  expect(await field.getAttribute("autocomplete")).toBe("one-time-code");
  expect(await field.getAttribute("inputmode")).toBe("numeric");
  expect(await page.getByLabel("Phone number").getAttribute("autocomplete")).toBe("username");
  expect(await page.getByLabel("Choose a password").getAttribute("autocomplete")).toBe("new-password");

  await field.fill(code === "000000" ? "111111" : "000000");
  await page.getByLabel("Choose a password").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirm and come in" }).click();
  expect(await page.locator("#code-error").textContent()).toContain("That code is not right");

  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByLabel("Choose a password").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirm and come in" }).click();
  await page.waitForURL("**/dashboard");
  expect(await page.locator("header summary").textContent()).toContain("Ana Torres");

  await signOut(page);
  await page.goto("/dashboard");
  await page.waitForURL("**/login?next=%2Fdashboard");
  await signIn(page, "+34612345678");
  await page.waitForURL("**/dashboard");
  await person.getUp();
});

Deno.test("somebody opens an account by e-mail when there is no JavaScript", async () => {
  const person = await Person.sitDown(browser, server.origin, { javaScriptEnabled: false });
  person.expectProblems(/400 \(Bad Request\)/);
  const { page } = person;
  const { email, username } = somebody();
  await page.goto("/");
  await page.getByRole("link", { name: "create one" }).click();
  await page.waitForURL("**/register");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Username").fill("no spaces");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Send me a code by mail" }).click();
  expect(await page.locator("#username-error").textContent()).toContain("letters");
  expect(await page.locator("#password-error").textContent()).toContain("at least 8");
  expect(await page.getByLabel("E-mail address").inputValue()).toBe(email);
  expect(await page.getByLabel("Password").inputValue()).toBe("");

  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill("password1");
  await page.getByRole("button", { name: "Send me a code by mail" }).click();
  expect(await page.locator("#password-error").textContent()).toContain("Choose another one");

  await registerByEmail(page, outbox, { email, username });
  // The fold of the header opens without a script, and leads to what is theirs.
  await page.locator("header summary").click();
  await page.getByRole("link", { name: "Your account" }).click();
  await page.waitForURL("**/me");
  await page.getByLabel("About you").fill("Bakes bread.\nSings.");
  await page.getByLabel("Español").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await page.goto(`/u/${username}`);
  await page.getByText("Bakes bread.").waitFor();
  await page.getByText("Español").waitFor();
  await person.getUp();
});

Deno.test("a code that was asked for again is the one that counts, and the form survives a new load", async () => {
  const person = await Person.sitDown(browser, server.origin);
  person.expectProblems(/400 \(Bad Request\)/);
  const { page } = person;
  const { email, username } = somebody();
  await page.goto("/register?by=email");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Send me a code by mail" }).click();
  await page.waitForURL("**/verify-otp");
  const first = await outbox.code(email);
  await page.getByRole("button", { name: "Send a new code" }).click();
  await page.getByText("A new code is on its way.").waitFor();
  const second = await outbox.code(email);

  await page.goto("/verify-otp");
  expect(await page.getByLabel("E-mail address").inputValue()).toBe(email);
  // One time in a million they are the same.
  if (first !== second) {
    await page.getByLabel("Code", { exact: true }).fill(first);
    await page.getByRole("button", { name: "Confirm and come in" }).click();
    await page.locator("#code-error").waitFor();
  }
  await page.getByLabel("Code", { exact: true }).fill(second);
  await page.getByRole("button", { name: "Confirm and come in" }).click();
  await page.waitForURL("**/dashboard");
  await person.getUp();
});

Deno.test("a guest who opens an account keeps name, words and rooms", async () => {
  const person = await Person.sitDown(browser, server.origin);
  const { page } = person;
  const name = "Brisk Otter 77";
  await person.enter("/lounges/general/en", name);
  const room = new RoomPage(person);
  await room.live();
  await room.say("Said as a guest");
  await room.sees("Said as a guest");

  await page.goto("/dashboard");
  await page.getByRole("link", { name: "Keep my name" }).first().click();
  await page.waitForURL("**/register**");
  await page.getByText("Your name, what you said and whom you blocked stay with you.").waitFor();
  await registerByEmail(page, outbox, somebody());

  expect(await page.locator("header summary").textContent()).toContain(name);
  await page.locator("[data-room]").filter({ hasText: "General" }).first().click();
  await page.waitForURL("**/lounges/general/en");
  await room.live();
  await page.locator("article[id^=m-]").filter({ hasText: "Said as a guest" }).waitFor();
  await room.say("Said as a member");
  await room.sees("Said as a member");
  const authors = await server.database.sql<{ name: string; tier: string }[]>`
    select distinct u.id, u.name, u.tier from messages m join users u on u.id = m.author_id
    where m.body in ('Said as a guest', 'Said as a member')`;
  expect(authors).toHaveLength(1);
  expect(authors[0]).toMatchObject({ name, tier: "member" });
  await person.getUp();
});
