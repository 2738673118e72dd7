/** What holds for every endpoint of section 1 alike, and what of its contract no other test of this folder holds. */
import { expect } from "expect";
import { Secret, TOTP } from "otpauth";
import { beginTotp, enableTotp } from "../../lib/auth/totp.ts";
import type { ErrorCode } from "../../lib/protocol/errors.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { COOKIE, dataOf, guest, refusal, Visitor } from "../support/visitor.ts";
import { freshEmail, freshNumber, isIn, type Member, member, PASSWORD, unique } from "./people.ts";
import { codeTo } from "./sent.ts";

const clock = movableClock();
const parley = parleyForFile({ clock });
const MINUTE = 60_000;
const NEXT = "an entirely new one";

interface Endpoint {
  method: "GET" | "POST" | "DELETE";
  path: string;
  /** Who may call it. */
  for: "anyone" | "guests" | "anyone signed in" | "members";
  /** A body all of whose fields are well-formed. */
  body?: Record<string, unknown>;
}

const email = freshEmail();
const code = "123456";
const registration = { email, username: `ada_${unique()}`, password: PASSWORD };
const ENDPOINTS: Endpoint[] = [
  { method: "POST", path: "guest", for: "anyone", body: { ageCategory: "_18PLUS" } },
  { method: "POST", path: "signup", for: "anyone", body: { phoneNumber: freshNumber(), birthYear: 1990 } },
  { method: "POST", path: "register", for: "anyone", body: registration },
  { method: "POST", path: "signin", for: "anyone", body: { email, password: PASSWORD } },
  { method: "POST", path: "login", for: "anyone", body: { email, password: PASSWORD } },
  { method: "POST", path: "second-factor", for: "anyone", body: { ticket: "A".repeat(43), code } },
  { method: "POST", path: "refresh", for: "anyone", body: {} },
  { method: "POST", path: "forgetPassword", for: "anyone", body: { email } },
  { method: "POST", path: "verifyOTP", for: "anyone", body: { purpose: "contact", target: email, code } },
  { method: "POST", path: "resendOTP", for: "anyone", body: { purpose: "contact", target: email } },
  { method: "POST", path: "logout", for: "anyone signed in" },
  { method: "POST", path: "ws-token", for: "anyone signed in" },
  { method: "GET", path: "me", for: "anyone signed in" },
  { method: "GET", path: "sessions", for: "anyone signed in" },
  { method: "DELETE", path: `sessions/${crypto.randomUUID()}`, for: "anyone signed in" },
  { method: "POST", path: "upgrade", for: "guests", body: registration },
  {
    method: "POST",
    path: "change-password",
    for: "members",
    body: { currentPassword: PASSWORD, newPassword: NEXT },
  },
];
const WRITES = ENDPOINTS.filter(({ method }) => method !== "GET");
const WITH_FIELDS = ENDPOINTS.filter(({ body }) => body !== undefined);

const JSON_TYPE = { "content-type": "application/json" };

function call(who: Visitor, { method, path, body }: Endpoint, headers: Record<string, string> = {}) {
  const written = method === "GET" ? {} : { body: JSON.stringify(body ?? {}) };
  return who.fetch(`/api/auth/${path}`, { method, headers: { ...JSON_TYPE, ...headers }, ...written });
}

/** Somebody who may call it, by bearer token. */
async function entitled({ for: whom }: Endpoint): Promise<Record<string, string>> {
  if (whom === "anyone") return {};
  const { accessToken } = await (whom === "members" ? member : guest)(parley().node);
  return { authorization: `Bearer ${accessToken}` };
}

/** Tickets are for ghosts too, who are told of sessions and not of coming in. */
function withoutSession({ path }: Endpoint): ErrorCode {
  return path === "ws-token" ? "INVALID_SESSION" : "UNAUTHENTICATED";
}

Deno.test("what takes a session is refused without one, and what takes an account is refused to guests", async (test) => {
  const visitor = await guest(parley().node);
  for (const endpoint of ENDPOINTS.filter((endpoint) => endpoint.for !== "anyone")) {
    await test.step(`${endpoint.method} ${endpoint.path}`, async () => {
      await refusal(await call(new Visitor(parley().node), endpoint), 401, withoutSession(endpoint));
      const forged = { authorization: "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0." };
      await refusal(await call(new Visitor(parley().node), endpoint, forged), 401, withoutSession(endpoint));
      if (endpoint.for !== "members") return;
      const bearer = { authorization: `Bearer ${visitor.accessToken}` };
      await refusal(await call(new Visitor(parley().node), endpoint, bearer), 403, "FORBIDDEN");
    });
  }
});

Deno.test("every write by cookie asks for the session's own CSRF token", async (test) => {
  const { node } = parley();
  const [ada, eve] = [await member(node), await member(node)];
  const good = await ada.csrf();
  const others = await eve.csrf();
  const broken = `${good.slice(0, -1)}${good.endsWith("A") ? "B" : "A"}`;
  for (const endpoint of WRITES) {
    await test.step(`${endpoint.method} ${endpoint.path}`, async () => {
      await refusal(await call(ada, endpoint), 403, "CSRF_FAILED");
      for (const token of ["", "wrong", broken, others]) {
        await refusal(await call(ada, endpoint, { "x-csrf-token": token }), 403, "CSRF_FAILED");
      }
      // Shown twice, but not by whom it was made for.
      const cookie = ada.cookieHeader().replace(ada.cookies.get(COOKIE.csrf)!, others);
      expect(cookie).toContain(others);
      await refusal(await call(ada, endpoint, { "x-csrf-token": others, cookie }), 403, "CSRF_FAILED");
    });
  }
  expect(await isIn(ada)).toBe(true);
});

Deno.test("every write is refused when another site's page sends it, whoever is in", async (test) => {
  const { node } = parley();
  const ada = await member(node);
  const csrf = { "x-csrf-token": await ada.csrf() };
  const near = node.origin.replace("127.0.0.1", "127.0.0.1.evil.example");
  for (const endpoint of [...WRITES, { method: "POST", path: "csrf", for: "anyone" } as const]) {
    await test.step(`${endpoint.method} ${endpoint.path}`, async () => {
      for (const origin of ["https://evil.example", near, "null"]) {
        await refusal(await call(ada, endpoint, { ...csrf, origin }), 403, "ORIGIN_NOT_ALLOWED");
        await refusal(await call(new Visitor(node), endpoint, { origin }), 403, "ORIGIN_NOT_ALLOWED");
      }
    });
  }
  expect(await isIn(ada)).toBe(true);
});

Deno.test("every body is refused that is no JSON object, too long, or has a field too many", async (test) => {
  for (const endpoint of WITH_FIELDS) {
    await test.step(endpoint.path, async () => {
      const headers = await entitled(endpoint);
      const send = (body: string, type = "application/json") =>
        new Visitor(parley().node).fetch(`/api/auth/${endpoint.path}`, {
          method: "POST",
          headers: { ...headers, "content-type": type },
          body,
        });
      for (const body of ["{", "[]", "null", "7", '"text"']) {
        await refusal(await send(body), 400, "BAD_REQUEST");
      }
      await refusal(await send("<x/>", "text/xml"), 400, "BAD_REQUEST");
      const long = JSON.stringify({ ...endpoint.body, more: "x".repeat(70_000) });
      await refusal(await send(long), 413, "PAYLOAD_TOO_LARGE");
      const surplus = await send(JSON.stringify({ ...endpoint.body, surprise: 1 }));
      const { fields } = await refusal(surplus, 400, "VALIDATION_FAILED");
      expect(Object.keys(fields!)).toEqual([""]);
    });
  }
});

Deno.test("every field is named when it is missing or of another kind", async (test) => {
  /** Fields that may be left out. */
  const optional = new Set(["refresh"]);
  for (const endpoint of WITH_FIELDS.filter(({ path }) => !optional.has(path))) {
    for (const field of Object.keys(endpoint.body!)) {
      await test.step(`${endpoint.path}: ${field}`, async () => {
        const headers = await entitled(endpoint);
        for (const value of [undefined, { nested: true }, ["list"], ""]) {
          const body = { ...endpoint.body, [field]: value };
          const answer = await call(new Visitor(parley().node), { ...endpoint, body }, headers);
          const { fields } = await refusal(answer, 400, "VALIDATION_FAILED");
          expect([value, ...Object.keys(fields!)]).toEqual([value, field]);
        }
      });
    }
  }
});

Deno.test("an endpoint answers its own method and no other", async () => {
  const { node } = parley();
  for (const { method, path } of ENDPOINTS.filter(({ path }) => !path.startsWith("sessions"))) {
    const other = method === "GET" ? "DELETE" : "GET";
    const ada = await fetch(`${node.origin}/api/auth/${path}`, { method: other });
    expect([path, ada.status]).toEqual([path, 405]);
    expect(ada.headers.get("content-type")).toContain("application/json");
    await ada.body?.cancel();
  }
});

function verify(body: Record<string, unknown>): Promise<Response> {
  return new Visitor(parley().node).post("/api/auth/verifyOTP", body);
}

Deno.test("a code of each purpose is good once, and for no other purpose", async (test) => {
  const { node } = parley();
  const [ada, ben] = [await member(node), await member(node)];
  const [phoneNumber, address] = [freshNumber(), freshEmail()];
  const newcomer = freshEmail();
  const send = (path: string, body: Record<string, unknown>, who = new Visitor(node)) =>
    who.post(`/api/auth/${path}`, body);
  const asked: Record<string, [target: string, more: Record<string, unknown>, ask: () => Promise<Response>]> =
    {
      register: [
        newcomer,
        {},
        () => send("register", { ...registration, email: newcomer, username: unique() }),
      ],
      signup: [phoneNumber, { password: PASSWORD }, () => send("signup", { phoneNumber, birthYear: 1990 })],
      reset: [ada.email, { newPassword: NEXT }, () => send("forgetPassword", { email: ada.email })],
      contact: [address, {}, () => send("contact", { email: address, currentPassword: PASSWORD }, ben)],
    };
  const MORE: Record<string, Record<string, unknown>> = {
    register: {},
    signup: { password: PASSWORD },
    reset: { newPassword: NEXT },
    contact: {},
  };
  for (const [purpose, [target, more, ask]] of Object.entries(asked)) {
    await test.step(purpose, async () => {
      await dataOf(await ask());
      const code = await codeTo(node, target, purpose === "reset" ? 2 : 1);
      for (const other of Object.keys(asked).filter((other) => other !== purpose)) {
        await refusal(await verify({ purpose: other, target, code, ...MORE[other] }), 400, "INVALID_CODE");
      }
      const good = { purpose, target, code, ...more };
      await dataOf(await verify(good));
      await refusal(await verify(good), 400, "INVALID_CODE");
    });
  }
});

Deno.test("a code of the authenticator app is good for one sign-in, also with another ticket", async () => {
  const { node } = parley();
  const ada: Member = await member(node);
  const { secret } = await beginTotp(node.services, ada.user);
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await enableTotp(node.services, ada.user.id, totp.generate({ timestamp: clock() }));
  clock.advance(MINUTE);
  const finish = async (code: string) => {
    const body = { email: ada.email, password: PASSWORD };
    const { ticket } = await dataOf<{ ticket: string }>(
      await new Visitor(node).post("/api/auth/login", body),
    );
    return await new Visitor(node).post("/api/auth/second-factor", { ticket, code });
  };
  const code = totp.generate({ timestamp: clock() });
  await dataOf(await finish(code));
  await refusal(await finish(code), 401, "SECOND_FACTOR_FAILED");
});

Deno.test("what has been ended cannot be ended again, and nothing of it opens anything", async () => {
  const { node } = parley();
  const ada = await member(node);
  const refreshToken = ada.cookies.get(COOKIE.refresh)!;
  const bearer = { authorization: `Bearer ${ada.accessToken}` };
  await dataOf(await new Visitor(node).post("/api/auth/logout", {}, bearer));
  for (const endpoint of ENDPOINTS.filter((endpoint) => endpoint.for !== "anyone")) {
    const code = endpoint.path === "ws-token" ? "SESSION_EXPIRED" : "UNAUTHENTICATED";
    await refusal(await call(new Visitor(node), endpoint, bearer), 401, code);
  }
  await refusal(await new Visitor(node).post("/api/auth/refresh", { refreshToken }), 401, "INVALID_SESSION");
});

Deno.test("a ticket for a socket and a CSRF token have the shape the clients know", async () => {
  const { node } = parley();
  const ada = await member(node);
  const ticket = await dataOf<{ token: string; expiresAt: string }>(await ada.post("/api/auth/ws-token"));
  expect(ticket).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/), expiresAt: expect.any(String) });
  const left = Date.parse(ticket.expiresAt) - clock();
  expect(left > 25_000 && left <= 30_000).toBe(true);
  const csrf = await dataOf<{ csrfToken: string }>(await ada.fetch("/api/auth/csrf", { method: "POST" }));
  expect(csrf).toEqual({ csrfToken: expect.stringMatching(/^[\w-]{43}\.[\w-]{43}$/) });
  const headers = { "x-csrf-token": csrf.csrfToken };
  await dataOf(await ada.fetch("/api/auth/logout", { method: "POST", headers }));
});
