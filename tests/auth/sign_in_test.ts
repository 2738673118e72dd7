import { expect } from "expect";
import { Secret, TOTP } from "otpauth";
import { beginTotp, enableTotp } from "../../lib/auth/totp.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { COOKIE, dataOf, guest, refusal, Visitor } from "../support/visitor.ts";
import { freshEmail, freshNumber, isIn, type Member, member, PASSWORD, signedIn } from "./people.ts";

const clock = movableClock();
const parley = parleyForFile({ clock, nodes: 2 });
const MINUTE = 60_000;

/** The cookie as it was set last. */
function setCookie(visitor: Visitor, name: string): string {
  return visitor.setCookies.findLast((cookie) => cookie.startsWith(`${name}=`))!;
}

Deno.test("signing in is refused alike for a wrong password, an unknown address and an unknown number", async () => {
  const { node } = parley();
  const ada = await member(node);
  const answers = [];
  const contacts = [{ email: ada.email }, { email: freshEmail() }, { phoneNumber: freshNumber() }];
  for (const contact of contacts) {
    const response = await new Visitor(node).post("/api/auth/signin", {
      ...contact,
      password: "not the password",
    });
    answers.push({ status: response.status, body: await response.text() });
  }
  expect(answers[0]).toMatchObject({ status: 401 });
  expect(answers[0]!.body).toContain("INVALID_CREDENTIALS");
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

Deno.test("signing in is refused when a field is wrong", async () => {
  const { node } = parley();
  const email = freshEmail();
  const cases: [path: string, field: string, body: Record<string, unknown>][] = [
    ["signin", "email", { password: PASSWORD }],
    ["signin", "email", { email, phoneNumber: freshNumber(), password: PASSWORD }],
    ["signin", "email", { email: "nobody", password: PASSWORD }],
    ["signin", "phoneNumber", { phoneNumber: "12", password: PASSWORD }],
    ["signin", "password", { email }],
    ["signin", "password", { email, password: "" }],
    ["signin", "staySignedIn", { email, password: PASSWORD, staySignedIn: "perhaps" }],
    ["login", "email", { password: PASSWORD }],
    ["login", "", { email, phoneNumber: freshNumber(), password: PASSWORD }],
    ["login", "password", { email, password: 5 }],
    ["second-factor", "ticket", { code: "123456" }],
    ["second-factor", "code", { ticket: "A".repeat(43), code: "1" }],
  ];
  for (const [path, field, body] of cases) {
    const error = await refusal(
      await new Visitor(node).post(`/api/auth/${path}`, body),
      400,
      "VALIDATION_FAILED",
    );
    expect([path, ...Object.keys(error.fields!)]).toEqual([path, field]);
  }
});

Deno.test("a password longer than bcrypt reads does not open the account of its beginning", async () => {
  const { node } = parley();
  const ada = await member(node);
  const hash = await node.services.passwords.hash("x1".repeat(36));
  await parley().database.sql`update users set password_hash = ${hash} where id = ${ada.user.id}`;
  const tooLong = { email: ada.email, password: `${"x1".repeat(36)}more` };
  await refusal(await new Visitor(node).post("/api/auth/signin", tooLong), 401, "INVALID_CREDENTIALS");
  await signedIn(node, ada, { password: "x1".repeat(36) });
});

Deno.test("the cookies go with the browser, or stay 30 days when that was asked for", async () => {
  const { node } = parley();
  const ada = await member(node);
  const short = await signedIn(node, ada);
  expect(setCookie(short, COOKIE.refresh)).not.toMatch(/max-age/i);
  for (const part of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"]) {
    expect(setCookie(short, COOKIE.refresh)).toContain(part);
  }
  const long = await signedIn(node, ada, { staySignedIn: true });
  const seconds = Number(/max-age=(\d+)/i.exec(setCookie(long, COOKIE.refresh))![1]);
  expect(Math.abs(seconds - 30 * 24 * 3600)).toBeLessThan(10);
  clock.advance(24 * 60 * MINUTE + 1000);
  expect(await isIn(short)).toBe(false);
  expect(await isIn(long)).toBe(true);
  // Each use begins the thirty days anew.
  clock.advance(29 * 24 * 60 * MINUTE);
  expect(await isIn(long)).toBe(true);
  clock.advance(29 * 24 * 60 * MINUTE);
  expect(await isIn(long)).toBe(true);
  clock.advance(30 * 24 * 60 * MINUTE + 1000);
  expect(await isIn(long)).toBe(false);
});

/** Turns the second factor on. */
async function withTotp({ user }: Member): Promise<{ totp: TOTP; recovery: string[] }> {
  const { services } = parley().node;
  const { secret } = await beginTotp(services, user);
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const recovery = await enableTotp(services, user.id, totp.generate({ timestamp: clock() }));
  clock.advance(MINUTE);
  return { totp, recovery };
}

Deno.test("a second factor is asked for before anybody is in, and its ticket is good once on any node", async () => {
  const [node, other] = parley().nodes;
  const ada = await member(node!);
  const { totp } = await withTotp(ada);
  const visitor = new Visitor(node!);
  const body = { email: ada.email, password: PASSWORD, staySignedIn: true };
  const asked = await dataOf<{ status: string; ticket: string }>(
    await visitor.post("/api/auth/signin", body),
  );
  expect(asked).toEqual({ status: "second_factor_required", ticket: expect.any(String) });
  expect([...visitor.cookies.keys()]).toEqual([]);
  const { ticket } = asked;
  const elsewhere = new Visitor(other!);
  const send = (code: string) => elsewhere.post("/api/auth/second-factor", { ticket, code });
  await refusal(await send("000000"), 401, "SECOND_FACTOR_FAILED");
  const code = totp.generate({ timestamp: clock() });
  expect(await dataOf(await send(code))).toMatchObject({ user: { id: ada.user.id } });
  expect(setCookie(elsewhere, COOKIE.refresh)).toMatch(/max-age=/i);
  const again = new Visitor(node!);
  await refusal(await again.post("/api/auth/second-factor", { ticket, code }), 401, "INVALID_TICKET");
});

Deno.test("a recovery code stands in for the second factor, once; a ticket is refused when it is too old", async () => {
  const { node } = parley();
  const ada = await member(node);
  const { recovery } = await withTotp(ada);
  const ticketOf = async () => {
    const answer = await new Visitor(node).post("/api/auth/signin", { email: ada.email, password: PASSWORD });
    return (await dataOf<{ ticket: string }>(answer)).ticket;
  };
  const send = (ticket: string, code: string) =>
    new Visitor(node).post("/api/auth/second-factor", { ticket, code });
  await dataOf(await send(await ticketOf(), recovery[0]!));
  await refusal(await send(await ticketOf(), recovery[0]!), 401, "SECOND_FACTOR_FAILED");
  const old = await ticketOf();
  clock.advance(10 * MINUTE + 1000);
  await refusal(await send(old, recovery[1]!), 401, "INVALID_TICKET");
});

Deno.test("oneself is told to those who are in, and to nobody else", async () => {
  const { node } = parley();
  const ada = await member(node);
  const headers = { authorization: `Bearer ${ada.accessToken}` };
  const me = await dataOf(await fetch(`${node.origin}/api/auth/me`, { headers }));
  expect(me).toMatchObject({ user: { ...ada.user, email: ada.email } });
  expect(await dataOf(await (await guest(node)).fetch("/api/auth/me"))).toMatchObject({
    user: { tier: "guest", email: null },
  });
  await refusal(await fetch(`${node.origin}/api/auth/me`), 401, "UNAUTHENTICATED");
  await refusal(
    await fetch(`${node.origin}/api/auth/me`, { headers: { authorization: "Bearer x" } }),
    401,
    "UNAUTHENTICATED",
  );
});
