import { expect } from "expect";
import { Secret, TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { PASSWORD, registerByEmail, signIn, signOut, somebody } from "../support/account_pages.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { Outbox } from "../support/outbox.ts";
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

async function member() {
  const person = await Person.sitDown(browser, server.origin);
  const who = somebody();
  await registerByEmail(person.page, outbox, who);
  return { person, page: person.page, ...who };
}

Deno.test("a forgotten password is replaced by a code, and the old one opens nothing any more", async () => {
  const { person, page, email } = await member();
  person.expectProblems(/401 \(Unauthorized\)/);
  await signOut(page);
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.waitForURL("**/forgot-password");
  await page.getByLabel("E-mail address or phone number").fill(email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.waitForURL("**/verify-otp");
  const renewed = "another-lantern-on-the-quay";
  await page.getByLabel("Code", { exact: true }).fill(await outbox.code(email));
  await page.getByLabel("New password").fill(renewed);
  await page.getByRole("button", { name: "Change my password" }).click();
  await page.waitForURL("**/login?done=password");
  await page.getByText("Your password is changed.").waitFor();

  await signIn(page, email, PASSWORD);
  await page.getByRole("alert").getByText("That address or password is not right.").waitFor();
  expect(await page.getByLabel("E-mail address or phone number").inputValue()).toBe(email);
  await signIn(page, email, renewed);
  await page.waitForURL("**/dashboard");
  await person.getUp();
});

Deno.test("asking for a code says the same of an account that does not exist", async () => {
  const person = await Person.sitDown(browser, server.origin);
  const { page } = person;
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail address or phone number").fill("nobody-of-that-name@example.org");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.waitForURL("**/verify-otp");
  await page.getByText("If there is an account for").waitFor();
  await person.getUp();
});

/** Turns the second step on. @returns what makes codes, and the recovery codes */
async function turnOnTotp(page: Page) {
  await page.goto("/me/security");
  await page.getByRole("button", { name: "Set it up" }).click();
  await page.getByAltText("QR code for your authenticator app").waitFor();
  const secret = (await page.locator("[data-secret]").textContent())!.replaceAll(" ", "");
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  await page.getByLabel("Code from the app").fill(app.generate());
  await page.getByRole("button", { name: "Turn it on" }).click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  return { app, codes: await page.locator("[data-recovery-code]").allTextContents() };
}

Deno.test("a second step that was turned on is asked for, by code or recovery code, and can be turned off", async () => {
  const { person, page, email } = await member();
  person.expectProblems(/40[01] \((Bad Request|Unauthorized)\)/);
  const { app, codes } = await turnOnTotp(page);
  expect(codes).toHaveLength(10);
  await signOut(page);

  await signIn(page, email);
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  // The password alone opens nothing.
  expect((await page.request.get("/dashboard", { maxRedirects: 0 })).status()).toBe(303);
  await page.reload();
  await page.getByLabel("Code", { exact: true }).fill("abcdef");
  await page.getByRole("button", { name: "Come in" }).click();
  await page.locator("#code-error").waitFor();
  // Each code is good once: the one that turned it on is spent, the next one counts.
  await page.getByLabel("Code", { exact: true }).fill(app.generate({ timestamp: Date.now() + 30_000 }));
  await page.getByRole("button", { name: "Come in" }).click();
  await page.waitForURL("**/dashboard");
  await signOut(page);

  await signIn(page, email);
  await page.getByLabel("Code", { exact: true }).fill(codes[0]!.toLowerCase());
  await page.getByRole("button", { name: "Come in" }).click();
  await page.waitForURL("**/dashboard");

  await page.goto("/me/security");
  await page.getByText("9 recovery codes are left.").waitFor();
  await page.locator("#totp-password").fill("not my password");
  await page.getByRole("button", { name: "Turn it off" }).click();
  await page.locator("#totp-password-error").waitFor();
  await page.locator("#totp-password").fill(PASSWORD);
  await page.getByRole("button", { name: "Turn it off" }).click();
  await page.waitForURL("**/me/security?done=totp-off");
  await signOut(page);
  await signIn(page, email);
  await page.waitForURL("**/dashboard");
  await person.getUp();
});

Deno.test("a passkey that was made opens the account without a password", async () => {
  const { person, page } = await member();
  const devtools = await person.context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto("/me/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("The passkey is yours.").waitFor();
  await page.reload();
  await page.locator("#passkeys").getByText("This device").first().waitFor();
  await signOut(page);

  await page.goto("/login");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL("**/dashboard");
  await page.goto("/me");
  await page.getByRole("heading", { name: "Profile" }).waitFor();
  await person.getUp();
});
