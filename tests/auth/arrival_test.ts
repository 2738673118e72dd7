/** A guest who has an account signs in to it: their guest's session is over. */
import { expect } from "expect";
import { Secret, TOTP } from "otpauth";
import { beginTotp, enableTotp } from "../../lib/auth/totp.ts";
import { CLOSE } from "../../lib/protocol/errors.ts";
import { Authenticator, type CreationOptions, type RequestOptions } from "../support/authenticator.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { dataOf, type Guest, guest, Visitor } from "../support/visitor.ts";
import { before } from "../support/wait.ts";
import { freshEmail, isIn, type Member, member, PASSWORD, signedIn, unique } from "./people.ts";
import { codeTo } from "./sent.ts";

const clock = movableClock();
const parley = parleyForFile({ clock });

/** Lets a guest with an open chat come in as a member, and looks what becomes of the guest's session. */
async function endsWith(comeIn: (visitor: Guest) => Promise<void>): Promise<void> {
  const { node, database: { sql } } = parley();
  const visitor = await guest(node);
  const socket = await connect(node, visitor);
  const bearer = { authorization: `Bearer ${visitor.accessToken}` };
  await visitor.csrf();
  await comeIn(visitor);
  expect((await before(socket.closed, "the guest's socket")).code).toBe(CLOSE.sessionEnded);
  expect((await fetch(`${node.origin}/api/auth/me`, { headers: bearer })).status).toBe(401);
  const me = await dataOf<{ user: { tier: string } }>(await visitor.fetch("/api/auth/me"));
  expect(me.user.tier).toBe("member");
  const left = await sql`select 1 from sessions where user_id = ${visitor.user.id} and revoked_at is null`;
  expect(left).toHaveLength(0);
}

/** What a page's form sends along. */
async function formOf(visitor: Visitor, path: string): Promise<{ csrf: string; ticket?: string }> {
  const { text } = await visitor.get(path);
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1];
  return { csrf: field("csrf")!, ticket: field("ticket") };
}

async function submit(visitor: Visitor, path: string, fields: Record<string, string>): Promise<void> {
  const response = await visitor.submit(path, fields);
  expect([path, response.status]).toEqual([path, 303]);
  await response.body?.cancel();
}

async function withTotp({ user }: Member): Promise<() => string> {
  const { services } = parley().node;
  const { secret } = await beginTotp(services, user);
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await enableTotp(services, user.id, totp.generate({ timestamp: clock() }));
  clock.advance(60_000);
  return () => totp.generate({ timestamp: clock() });
}

Deno.test("signing in to an account ends the guest's session that it was asked with", async (test) => {
  const { node } = parley();
  const ada = await member(node);
  const body = { email: ada.email, password: PASSWORD };
  for (const path of ["signin", "login"]) {
    await test.step(
      path,
      () => endsWith(async (visitor) => void await dataOf(await visitor.post(`/api/auth/${path}`, body))),
    );
  }
  await test.step("the page", () =>
    endsWith(async (visitor) => {
      const { csrf } = await formOf(visitor, "/login");
      await submit(visitor, "/login", { csrf, identifier: ada.email, password: PASSWORD });
    }));
  await test.step("a new account's code", () =>
    endsWith(async (visitor) => {
      const email = freshEmail();
      const registration = { email, username: `ada_${unique()}`, password: PASSWORD };
      await dataOf(await new Visitor(node).post("/api/auth/register", registration));
      const check = { purpose: "register", target: email, code: await codeTo(node, email) };
      await dataOf(await visitor.post("/api/auth/verifyOTP", check));
    }));
  await test.step("a passkey", () =>
    endsWith(async (visitor) => {
      const key = new Authenticator(node.origin);
      const ask = async <Options>(who: Visitor, path: string, more = {}) =>
        await dataOf<Options>(await who.post(`/api/auth/passkeys/${path}`, more));
      const options = await ask<CreationOptions>(ada, "register/options");
      await ask(ada, "register/verify", { response: await key.create(options) });
      const wanted = await ask<RequestOptions>(visitor, "sign-in/options");
      await ask(visitor, "sign-in/verify", { response: await key.get(wanted) });
    }));
  const code = await withTotp(ada);
  await test.step("the second factor", () =>
    endsWith(async (visitor) => {
      const { ticket } = await dataOf<{ ticket: string }>(await visitor.post("/api/auth/signin", body));
      expect(await isIn(visitor)).toBe(true);
      await dataOf(await visitor.post("/api/auth/second-factor", { ticket, code: code() }));
    }));
  clock.advance(60_000);
  await test.step("the second factor's page", () =>
    endsWith(async (visitor) => {
      const { csrf } = await formOf(visitor, "/login");
      await submit(visitor, "/login", { csrf, identifier: ada.email, password: PASSWORD });
      const second = await formOf(visitor, "/login");
      await submit(visitor, "/login", { csrf: second.csrf, ticket: second.ticket!, code: code() });
    }));
});

Deno.test("a refused sign-in leaves a guest in, and a member's other sessions are left alone", async () => {
  const { node } = parley();
  const [visitor, ada] = [await guest(node), await member(node)];
  await visitor.csrf();
  const refused = await visitor.post("/api/auth/signin", { email: ada.email, password: "not the password" });
  expect(refused.status).toBe(401);
  await refused.body?.cancel();
  expect(await isIn(visitor)).toBe(true);
  await signedIn(node, ada);
  expect(await isIn(ada)).toBe(true);
});
