/** What everybody did, known to the last digit; then all that is kept is searched for it. */
import { expect } from "expect";
import { Secret, TOTP } from "otpauth";
import { readOutbox } from "../../lib/adapters/outbox.ts";
import type { JobStatus } from "../../lib/jobs/queue.ts";
import { allKept, placesOf } from "../support/at_rest.ts";
import { Authenticator, type CreationOptions, type RequestOptions } from "../support/authenticator.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { openSocket, ticketFor } from "../support/socket.ts";
import { COOKIE, dataOf, type Guest, guest, roomOf, Visitor } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { freshEmail, freshNumber, unique } from "./people.ts";
import { codeTo } from "./sent.ts";

const clock = movableClock();
const parley = parleyForFile({ clock, logLevel: "trace" });
const MINUTE = 60_000;
/** Fields of answers that open something. */
const OPENERS = /^(accessToken|refreshToken|csrfToken|token|ticket|secret|recoveryCodes)$/;

/** What was used → the secret itself. */
const secrets = new Map<string, string>();
const emails = new Set<string>();

function note(what: string, secret: string): string {
  secrets.set(`${what} ${secrets.size}`, secret);
  return secret;
}

/** The parts of a token matter as the whole does; a refresh token's first part is its session's id, which is none. */
function noteToken(what: string, token: string): void {
  note(what, token);
  for (const part of token.split(".").slice(1)) note(`part of ${what}`, part);
}

/** A visitor all of whose credentials are written down. */
class Watched extends Visitor {
  override async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await super.fetch(path, init);
    for (const cookie of response.headers.getSetCookie()) {
      const value = /^[^=]+=([^;]+)/.exec(cookie)?.[1];
      if (value && !cookie.includes("-pending=")) noteToken("cookie", value);
    }
    if (response.headers.get("content-type")?.startsWith("application/json")) {
      const { data } = await response.clone().json();
      if (data?.accessToken) this.accessToken = data.accessToken;
      for (const [name, value] of Object.entries(data ?? {})) {
        if (OPENERS.test(name)) { for (const token of [value].flat()) noteToken(name, String(token)); }
      }
    }
    return response;
  }
}

const stranger = () => new Watched(parley().node);
const password = () => note("password", `quiet lanterns ${unique()}`);

function email(): string {
  const address = freshEmail();
  emails.add(address);
  return address;
}

/** A number as it is compared, and as it may be typed. */
function phone(): string {
  const number = note("number", freshNumber());
  note("national number", number.slice(3));
  note("typed number", `${number.slice(3, 6)} ${number.slice(6, 9)} ${number.slice(9)}`);
  return number;
}

async function post(
  who: Visitor,
  path: string,
  body: Record<string, unknown>,
  status = 200,
): Promise<Response> {
  const response = await who.post(`/api/auth/${path}`, body);
  expect([path, response.status]).toEqual([path, status]);
  return response;
}

/** Lets a code come back, after a wrong one. */
async function confirm(who: Visitor, purpose: string, target: string, more = {}, count = 1): Promise<void> {
  const code = await codeTo(parley().node, target, count);
  const wrong = note("wrong code", String((Number(code) + 1) % 1_000_000).padStart(6, "0"));
  await post(who, "verifyOTP", { purpose, target, code: wrong, ...more }, 400);
  await post(who, "verifyOTP", { purpose, target, code, ...more });
  await post(stranger(), "verifyOTP", { purpose, target, code, ...more }, 400);
}

async function phoneAccount(): Promise<void> {
  const [phoneNumber, chosen, who] = [phone(), password(), stranger()];
  await post(who, "signup", { phoneNumber, firstName: "Ada", birthYear: 1990 });
  await post(who, "resendOTP", { purpose: "signup", target: phoneNumber });
  await confirm(who, "signup", phoneNumber, { password: chosen }, 2);
  await post(stranger(), "signin", { phoneNumber, password: password() }, 401);
  await post(stranger(), "signin", { phoneNumber, password: chosen, staySignedIn: true });
  await post(stranger(), "forgetPassword", { phoneNumber });
  await confirm(stranger(), "reset", phoneNumber, { newPassword: password() }, 3);
  await post(stranger(), "forgetPassword", { phoneNumber: phone() });
}

interface Owner {
  who: Watched;
  address: string;
  chosen: string;
}

async function emailAccount(): Promise<Owner> {
  const [address, chosen, who] = [email(), password(), stranger()];
  await post(who, "register", { email: address, username: `ada_${unique()}`, password: chosen });
  await confirm(who, "register", address);
  await who.csrf();
  return { who, address, chosen };
}

/** Another address, another number, another password, and a forgotten one. */
async function changes({ who, address, chosen }: Owner): Promise<Owner> {
  const [next, number, changed, reset] = [email(), phone(), password(), password()];
  await post(who, "contact", { email: next, currentPassword: password() }, 401);
  await post(who, "contact", { email: next, currentPassword: chosen });
  await confirm(who, "contact", next);
  await post(who, "contact", { phoneNumber: number, currentPassword: chosen });
  await confirm(who, "contact", number);
  await post(who, "change-password", { currentPassword: chosen, newPassword: changed });
  await post(stranger(), "signin", { email: address, password: changed }, 401);
  await post(stranger(), "forgetPassword", { email: next });
  await confirm(stranger(), "reset", next, { newPassword: reset }, 3);
  const again = stranger();
  await post(again, "signin", { phoneNumber: number, password: reset });
  await again.csrf();
  return { who: again, address: next, chosen: reset };
}

async function secondFactor({ who, address, chosen }: Owner): Promise<void> {
  const { secret } = await dataOf<{ secret: string }>(await post(who, "totp", {}));
  const key = Secret.fromBase32(secret);
  note("TOTP key", key.latin1);
  const code = () => note("TOTP code", new TOTP({ secret: key }).generate({ timestamp: clock() }));
  const answer = await post(who, "totp/confirm", { code: code() });
  const { recoveryCodes } = await dataOf<{ recoveryCodes: string[] }>(answer);
  recoveryCodes.forEach((text) => note("recovery code", text.replace("-", "")));
  clock.advance(MINUTE);
  for (const right of [code(), recoveryCodes[0]!]) {
    const signIn = await post(stranger(), "signin", { email: address, password: chosen });
    const { ticket } = await dataOf<{ ticket: string }>(signIn);
    await post(stranger(), "second-factor", { ticket, code: note("wrong code", "000000") }, 401);
    await post(stranger(), "second-factor", { ticket, code: right });
    await post(stranger(), "second-factor", { ticket, code: right }, 401);
  }
}

async function passkey({ who }: Owner): Promise<void> {
  const key = new Authenticator(parley().node.origin);
  const create = await dataOf<CreationOptions>(await post(who, "passkeys/register/options", {}));
  await post(who, "passkeys/register/verify", { response: await key.create(create) });
  const get = await dataOf<RequestOptions>(await post(who, "passkeys/sign-in/options", {}));
  for (const { challenge } of [create, get]) note("challenge", challenge);
  await post(stranger(), "passkeys/sign-in/verify", { response: await key.get(get) });
}

/** Refreshed both ways, replayed, talked with, listed and left. */
async function sessions({ who }: Owner): Promise<void> {
  const node = parley().node;
  const ticket = note("ticket", await ticketFor(node, who as Guest));
  const socket = openSocket(node, ["parley.v1", `ticket.${ticket}`]);
  await socket.take("welcome");
  await socket.say((await roomOf(node)).id, "Good evening");
  await post(who, "ws-token", {});
  const first = who.cookies.get(COOKIE.refresh)!;
  await post(who, "refresh", {});
  await post(who, "refresh", { refreshToken: who.cookies.get(COOKIE.refresh)! });
  await who.get(`/api/auth/me?token=${who.cookies.get(COOKIE.access)}`);
  await who.get("/api/auth/sessions");
  await post(stranger(), "refresh", { refreshToken: first }, 401);
  await socket.closed;
}

async function exported({ who }: Owner): Promise<void> {
  await dataOf(await who.post("/api/me/export"));
  await until("the export", async () => {
    const jobs = await dataOf<JobStatus[]>(await who.fetch("/api/me/export"));
    return jobs[0]!.state === "done";
  });
}

async function upgraded(): Promise<void> {
  for (const purpose of ["register", "signup"]) {
    const visitor = stranger();
    await post(visitor, "guest", { ageCategory: "_18PLUS" });
    await visitor.csrf();
    const [target, chosen] = purpose === "signup" ? [phone(), password()] : [email(), password()];
    const body = purpose === "signup"
      ? { phoneNumber: target, birthYear: 1990 }
      : { email: target, username: `ben_${unique()}`, password: chosen };
    await post(visitor, "upgrade", body);
    await confirm(visitor, purpose, target, purpose === "signup" ? { password: chosen } : {});
  }
}

/** Refused at every step, by endpoints and by pages. */
async function refused(): Promise<void> {
  const who = stranger();
  await post(who, "signin", { email: email(), password: password() }, 401);
  await post(who, "login", { email: email(), password: password() }, 401);
  await post(who, "signin", { phoneNumber: phone(), password: password() }, 401);
  await post(who, "signin", { phoneNumber: phone(), password: password(), code: password() }, 400);
  const broken = { method: "POST", headers: { "content-type": "application/json" } };
  const response = await who.fetch("/api/auth/signin", { ...broken, body: `{"password":"${password()}"` });
  expect(response.status).toBe(400);
  await who.get(`/login/${password()}?next=${phone()}`);
  for (const path of ["/login", "/register", "/forgot-password", "/verify-otp"]) {
    const csrf = /name="csrf" value="([^"]+)"/.exec((await who.get(path)).text)![1]!;
    for (const identifier of [phone(), email()]) {
      const form = { csrf, identifier, email: identifier, phoneNumber: identifier, target: identifier };
      const answer = await who.submit(path, {
        ...form,
        password: password(),
        code: note("wrong code", "918273"),
      });
      await answer.body?.cancel();
      expect([path, answer.status < 500]).toEqual([path, true]);
    }
  }
}

async function everythingDone(): Promise<void> {
  await phoneAccount();
  const owner = await changes(await emailAccount());
  await passkey(owner);
  await exported(owner);
  await secondFactor(owner);
  await sessions(owner);
  await upgraded();
  await refused();
  for (const { to, text, subject } of await readOutbox(parley().node.config.dataDir)) {
    if (to.includes("@")) emails.add(to);
    for (const code of `${subject} ${text}`.match(/\b\d{6}\b/g) ?? []) note("sent code", code);
  }
}

const kept = () => allKept(parley().database.sql, parley().node, parley().shared.kvUrl);

Deno.test("nothing that opens an account, and no number, can be read in the database, in KV or in the log", async () => {
  await everythingDone();
  const all = await kept();
  // What was searched is all there is.
  expect(all.find(({ where }) => where === "users.phone_sealed")!.text.length).toBeGreaterThan(100);
  expect(all.find(({ where }) => where === "log")!.text).toContain('"route":"/api/auth/verifyOTP"');
  expect(all.find(({ where }) => where === "kv")!.text).toContain("limit");
  expect(secrets.size).toBeGreaterThan(150);
  const found: string[] = [];
  for (const [what, secret] of secrets) {
    for (const where of await placesOf(secret, all)) found.push(`${what}: ${where}`);
  }
  for (const address of emails) {
    for (const where of await placesOf(address, all)) {
      if (where !== "users.email") found.push(`e-mail address: ${where}`);
    }
  }
  expect(found).toEqual([]);
  console.log(`${secrets.size} secrets and ${emails.size} addresses in ${all.length} places: none in plain`);
});

Deno.test("the search finds what is there, however it is written", async () => {
  const { database: { sql }, node } = parley();
  const { user } = await guest(node);
  const secret = `planted ${unique()} secret`;
  const bytes = new TextEncoder().encode(secret);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  await sql`update users set bio = ${`before ${secret} after`}, totp_sealed = ${bytes}, phone_index = ${hash},
    avatar = ${btoa(`xx${secret}yy`)} where id = ${user.id}`;
  await node.services.kv.set(["planted", bytes.toHex()], 1);
  node.services.log.trace({ deep: { inside: secret } }, "planted");
  const places = new Set(await placesOf(secret, await kept()));
  expect([...places].sort()).toEqual([
    "kv",
    "kv's files",
    "log",
    "users.avatar",
    "users.bio",
    "users.phone_index",
    "users.totp_sealed",
  ]);
  await sql`update users set bio = 'Your code is 804213.' where id = ${user.id}`;
  expect(await placesOf("804213", await kept())).toEqual(["users.bio"]);
});
