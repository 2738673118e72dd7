/** What people do on the account's pages. */
import type { Page } from "playwright-core";
import type { Outbox } from "./outbox.ts";

export const PASSWORD = "lantern-otter-bread-94";

let made = 0;

/** An address and a username that nobody had before. */
export function somebody(): { email: string; username: string } {
  const username = `otter_${Date.now().toString(36)}_${++made}`;
  return { email: `${username}@example.org`, username };
}

/** Opens an account by e-mail, and is in. */
export async function registerByEmail(
  page: Page,
  outbox: Outbox,
  { email, username }: { email: string; username: string },
): Promise<void> {
  await page.goto("/register?by=email");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Send me a code by mail" }).click();
  await page.waitForURL("**/verify-otp");
  await page.getByLabel("Code", { exact: true }).fill(await outbox.code(email));
  await page.getByRole("button", { name: "Confirm and come in" }).click();
  await page.waitForURL("**/dashboard");
}

/** The first step of signing in. */
export async function signIn(page: Page, identifier: string, password = PASSWORD): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail address or phone number").fill(identifier);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** By the menu in the header. */
export async function signOut(page: Page): Promise<void> {
  await page.locator("header summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.pathname === "/");
}
