import { expect } from "expect";
import type { Viewer } from "../../lib/protocol/types.ts";
import { parleyForFile, startParley } from "../support/node.ts";
import { COOKIE, dataOf, guest, refusal, Visitor } from "../support/visitor.ts";

const parley = parleyForFile();
const JSON_TYPE = { "content-type": "application/json" };

Deno.test("a guest comes in with their name when they say that they are 18", async () => {
  const ann = new Visitor(parley().node);
  const response = await ann.post("/api/auth/guest", { ageCategory: "_18PLUS", nickname: "Ann" });
  expect(response.headers.get("cache-control")).toBe("no-store");
  const { accessToken, user } = await dataOf<{ accessToken: string; user: Viewer }>(response);
  expect(user).toEqual({
    id: expect.stringMatching(/^\d+$/),
    name: "Ann",
    tier: "guest",
    ageCategory: "_18PLUS",
    role: "USER",
  });
  for (const cookie of ann.setCookies) expect(cookie).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/i);
  expect([...ann.cookies.keys()].sort()).toEqual([COOKIE.access, COOKIE.refresh].sort());

  const byCookie = await dataOf<{ user: Viewer }>(await ann.fetch("/api/auth/me"));
  const headers = { authorization: `Bearer ${accessToken}` };
  const byBearer = await dataOf<{ user: Viewer }>(
    await fetch(`${parley().node.origin}/api/auth/me`, { headers }),
  );
  for (const me of [byCookie, byBearer]) expect(me.user).toMatchObject({ ...user });
});

Deno.test("a guest gets a name when they choose none", async (test) => {
  for (const nickname of [undefined, ""]) {
    await test.step(`but ${JSON.stringify(nickname)}`, async () => {
      const body = { ageCategory: "_18PLUS", ...(nickname !== undefined && { nickname }) };
      const response = await new Visitor(parley().node).post("/api/auth/guest", body);
      expect((await dataOf<{ user: Viewer }>(response)).user.name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+ \d\d$/);
    });
  }
});

Deno.test("a name of any script is taken when it is a name", async (test) => {
  for (const name of ["Zoë", "علي", "さくら", "Дмитрий", "प्रिया", "J. R. R.", "a_b-c.d", "42", "李明"]) {
    await test.step(name, async () => expect((await guest(parley().node, { name })).user.name).toBe(name));
  }
  await test.step("trimmed", async () => {
    expect((await guest(parley().node, { name: "  Ann  " })).user.name).toBe("Ann");
  });
});

Deno.test("a field is named when it is wrong", async (test) => {
  const cases: [what: string, body: Record<string, unknown>, field: string][] = [
    ["the age category is missing", {}, "ageCategory"],
    ["the age category is not one", { ageCategory: "CHILD" }, "ageCategory"],
    ["the age category is a number", { ageCategory: 18 }, "ageCategory"],
    ["the name has one letter", { ageCategory: "_18PLUS", nickname: "A" }, "nickname"],
    ["the name has 21 letters", { ageCategory: "_18PLUS", nickname: "A".repeat(21) }, "nickname"],
    ["the name holds markup", { ageCategory: "_18PLUS", nickname: "<b>Ann</b>" }, "nickname"],
    ["the name turns the line around", { ageCategory: "_18PLUS", nickname: "Ann\u202Egro" }, "nickname"],
    ["the name is invisible", { ageCategory: "_18PLUS", nickname: "\u200b\u200b\u200b" }, "nickname"],
    ["the name is blank", { ageCategory: "_18PLUS", nickname: "   " }, "nickname"],
    ["the name breaks the line", { ageCategory: "_18PLUS", nickname: "Ann\nBen" }, "nickname"],
    ["the name is a list", { ageCategory: "_18PLUS", nickname: ["Ann"] }, "nickname"],
  ];
  for (const [what, body, field] of cases) {
    await test.step(what, async () => {
      const visitor = new Visitor(parley().node);
      const error = await refusal(await visitor.post("/api/auth/guest", body), 400, "VALIDATION_FAILED");
      expect(Object.keys(error.fields!)).toEqual([field]);
      expect(visitor.cookies.size).toBe(0);
    });
  }
  await test.step("a field is not known", async () => {
    const response = await new Visitor(parley().node).post("/api/auth/guest", {
      ageCategory: "_18PLUS",
      role: "ADMIN",
    });
    await refusal(response, 400, "VALIDATION_FAILED");
  });
});

Deno.test("a body is refused when it cannot be read", async (test) => {
  const send = (body: BodyInit, type = "application/json") =>
    new Visitor(parley().node).fetch("/api/auth/guest", {
      method: "POST",
      body,
      headers: { "content-type": type },
    });
  await test.step("it is not JSON", async () => void await refusal(await send("{"), 400, "BAD_REQUEST"));
  await test.step("it is an array", async () => void await refusal(await send("[]"), 400, "BAD_REQUEST"));
  await test.step("it is null", async () => void await refusal(await send("null"), 400, "BAD_REQUEST"));
  await test.step("it is of another type", async () => {
    await refusal(await send("<guest/>", "application/xml"), 400, "BAD_REQUEST");
  });
  await test.step("it is over 64 KiB", async () => {
    await refusal(await send(JSON.stringify({ nickname: "x".repeat(64 * 1024) })), 413, "PAYLOAD_TOO_LARGE");
  });
  await test.step("it is over 64 KiB and does not say so", async () => {
    const body = ReadableStream.from(Array.from({ length: 100 }, () => new Uint8Array(1024).fill(32)));
    await refusal(await send(body), 413, "PAYLOAD_TOO_LARGE");
  });
  await test.step("it tries to reach the prototype", async () => {
    await refusal(
      await send('{"ageCategory":"_18PLUS","__proto__":{"tier":"member"}}'),
      400,
      "VALIDATION_FAILED",
    );
  });
});

Deno.test("the 21st guest of an address within a quarter of an hour is told to wait", async () => {
  await using strict = await startParley({ nodes: 2, env: { LIMITS_FACTOR: "1" } });
  const enter = (index: number) =>
    new Visitor(strict.nodes[index % 2]!).post("/api/auth/guest", { ageCategory: "_18PLUS" });
  // Also when all come at the same moment, on two nodes.
  const answers = await Promise.all(Array.from({ length: 25 }, (_, index) => enter(index)));
  const good = answers.filter(({ status }) => status === 200);
  expect(good).toHaveLength(20);
  for (const response of answers) {
    if (response.status === 200) await response.body?.cancel();
    else {
      const error = await refusal(response, 429, "RATE_LIMIT_EXCEEDED");
      const wait = Number(response.headers.get("retry-after"));
      expect(wait).toBe(error.retryAfter);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(45);
    }
  }
});

Deno.test("nobody comes in when guests cannot be counted", async () => {
  const away = await parley().join();
  parley().expectErrors(/limits cannot be counted|request/);
  const { kv } = away.services;
  Object.defineProperty(kv, "get", { value: () => Promise.reject(new Error("KV is away")) });
  await refusal(
    await new Visitor(away).post("/api/auth/guest", { ageCategory: "_18PLUS" }),
    503,
    "UNAVAILABLE",
  );
  const health = await fetch(`${away.origin}/health`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ status: "degraded", postgres: true, kv: false });
  // Reading goes on.
  const lounges = await fetch(`${away.origin}/api/chatroom/lounges`);
  expect(lounges.status).toBe(200);
  await lounges.body?.cancel();
});

Deno.test("a guest's session ends when they sign out", async () => {
  const ann = await guest(parley().node);
  const before = new Map(ann.cookies);
  expect((await ann.post("/api/auth/logout", {}, { "x-csrf-token": await ann.csrf() })).status).toBe(200);
  expect([...ann.cookies.keys()]).toEqual([COOKIE.csrf]);
  for (const [name, value] of before) ann.cookies.set(name, value);
  await refusal(await ann.fetch("/api/auth/me"), 401, "UNAUTHENTICATED");
  const headers = { authorization: `Bearer ${ann.accessToken}`, ...JSON_TYPE };
  await refusal(await fetch(`${parley().node.origin}/api/auth/me`, { headers }), 401, "UNAUTHENTICATED");
});
