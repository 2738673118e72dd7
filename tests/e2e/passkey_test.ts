import { expect } from "expect";
import type { Browser } from "playwright-core";
import type { Services } from "../../lib/services.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";

const PASSWORD = "seven quiet lanterns";

/** Passkeys belong to a name; an address of four numbers is none. */
const named = (services: Services): Services => {
  const publicUrl = services.config.publicUrl.replace("127.0.0.1", "localhost");
  return { ...services, config: { ...services.config, publicUrl } };
};
const parley = parleyForFile({ alter: named });

let browser: Browser;
Deno.test.beforeAll(async () => {
  browser = await startBrowser();
});
Deno.test.afterAll(() => browser.close());

/** Somebody whose computer can hold passkeys and always sees its owner's finger. */
async function sitDown(): Promise<Person> {
  const person = await Person.sitDown(browser, parley().node.services.config.publicUrl);
  const devtools = await person.context.newCDPSession(person.page);
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
  return person;
}

Deno.test("a passkey is made, used as the only thing to sign in by, renamed and removed", async () => {
  const { user } = await member(parley().node, { password: PASSWORD, name: "Keeper" });
  const person = await sitDown();
  const { page } = person;
  await page.goto("/login");
  await page.getByLabel("E-mail address or phone number").fill(`${user.username}@example.org`);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/dashboard");

  await page.goto("/me/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("The passkey is yours.").waitFor();
  const row = page.locator("[data-passkey]");
  expect(await row.textContent()).toContain("This device");

  await row.getByRole("button", { name: "Rename This device" }).click();
  await row.getByLabel("Name").fill("My laptop");
  await row.getByRole("button", { name: "Save" }).click();
  await page.getByText("The passkey has its new name.").waitFor();
  expect(await row.textContent()).toContain("My laptop");

  // The same device holds one for this account already.
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("holds a passkey for your account already").waitFor();

  await person.context.clearCookies();
  await page.goto("/login?next=/me");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/me");

  await page.goto("/me/security");
  await page.getByText("last used").waitFor();
  await page.getByRole("button", { name: "Remove My laptop" }).click();
  await page.getByText("You have no passkeys yet.").waitFor();

  await person.context.clearCookies();
  await page.goto("/login");
  person.expectProblems(/401/);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("That passkey was not accepted.").waitFor();
  await person.getUp();
});
