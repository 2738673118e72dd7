import { expect } from "expect";
import { pino } from "pino";
import { createLimits } from "../../lib/http/limits.ts";
import { movableClock, startParley } from "../support/node.ts";
import { Visitor } from "../support/visitor.ts";
import { freshEmail, freshNumber, member, PASSWORD, unique } from "./people.ts";

/** Behind one proxy, so that each visitor can come from an address of their own. */
const STRICT = { LIMITS_FACTOR: "1", TRUST_PROXY: "1" };
const MINUTE = 60_000;
let addresses = 0;

function anAddress(): string {
  return `198.51.100.${++addresses % 250}`;
}

/** Sends the same again and again; the statuses and, of the last answer, its wait. */
async function statuses(
  times: number,
  send: (index: number) => Promise<Response>,
): Promise<{ statuses: number[]; retryAfter: number }> {
  const statuses: number[] = [];
  let retryAfter = NaN;
  for (let index = 0; index < times; index++) {
    const response = await send(index);
    statuses.push(response.status);
    retryAfter = Number(response.headers.get("retry-after") ?? NaN);
    const body = await response.json();
    if (response.status === 429) {
      expect(body.error).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", retryAfter });
    }
  }
  return { statuses, retryAfter };
}

Deno.test("each of the accounts' limits answers 429 with the time to wait, per address and per account", async (test) => {
  const clock = movableClock();
  await using parley = await startParley({ clock, env: STRICT, nodes: 2 });
  const post = (path: string, body: Record<string, unknown>, address: string, index = 0, headers = {}) =>
    new Visitor(parley.nodes[index % 2]!).post(`/api/auth/${path}`, body, {
      "x-forwarded-for": address,
      ...headers,
    });

  await test.step("5 sign-ins from one address, on whichever node", async () => {
    const address = anAddress();
    const answer = await statuses(
      6,
      (index) => post("signin", { email: freshEmail(), password: PASSWORD }, address, index),
    );
    expect(answer.statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect(answer.retryAfter).toBeGreaterThan(0);
    expect(answer.retryAfter).toBeLessThanOrEqual(180);
    clock.advance(3 * MINUTE);
    const again = await statuses(
      2,
      () => post("signin", { email: freshEmail(), password: PASSWORD }, address),
    );
    expect(again.statuses).toEqual([401, 429]);
  });
  await test.step("5 sign-ins to one account, from wherever", async () => {
    const email = freshEmail();
    const answer = await statuses(6, () => post("login", { email, password: PASSWORD }, anAddress()));
    expect(answer.statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });
  await test.step("5 sign-ups from one address", async () => {
    const address = anAddress();
    const answer = await statuses(
      6,
      () => post("signup", { phoneNumber: freshNumber(), birthYear: 1990 }, address),
    );
    expect(answer.statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });
  await test.step("3 codes to one target", async () => {
    const email = freshEmail();
    const answer = await statuses(4, () => {
      const body = { email, username: `ada_${unique()}`, password: PASSWORD };
      return post("register", body, anAddress());
    });
    expect(answer.statuses).toEqual([200, 200, 200, 429]);
    const resent = await post("resendOTP", { purpose: "register", target: email }, anAddress());
    expect(resent.status).toBe(429);
    await resent.body?.cancel();
  });
  await test.step("3 code requests from one address", async () => {
    const address = anAddress();
    const answer = await statuses(
      4,
      () => post("resendOTP", { purpose: "register", target: freshEmail() }, address),
    );
    expect(answer.statuses).toEqual([200, 200, 200, 429]);
  });
  await test.step("5 checks of one target", async () => {
    const check = { purpose: "register", target: freshEmail(), code: "123456" };
    const answer = await statuses(6, () => post("verifyOTP", check, anAddress()));
    expect(answer.statuses).toEqual([400, 400, 400, 400, 400, 429]);
  });
  await test.step("3 forgotten passwords of one account, and from one address", async () => {
    const email = freshEmail();
    const ofOne = await statuses(4, () => post("forgetPassword", { email }, anAddress()));
    expect(ofOne.statuses).toEqual([200, 200, 200, 429]);
    const address = anAddress();
    const fromOne = await statuses(4, () => post("forgetPassword", { phoneNumber: freshNumber() }, address));
    expect(fromOne.statuses).toEqual([200, 200, 200, 429]);
  });
  await test.step("5 changes of one's password", async () => {
    const ada = await member(parley.node);
    const body = { currentPassword: "not the password", newPassword: "an entirely new one" };
    const bearer = { authorization: `Bearer ${ada.accessToken}` };
    const answer = await statuses(6, () => post("change-password", body, anAddress(), 0, bearer));
    expect(answer.statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });
  await test.step("5 changes of passwords from one address", async () => {
    const people = [await member(parley.node), await member(parley.node)];
    const body = { currentPassword: "not the password", newPassword: "an entirely new one" };
    const address = anAddress();
    const answer = await statuses(6, (index) => {
      const bearer = { authorization: `Bearer ${people[index % 2]!.accessToken}` };
      return post("change-password", body, address, 0, bearer);
    });
    expect(answer.statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });
  await test.step("what is counted is not readable in KV", async () => {
    const keys = [];
    for await (const { key } of parley.node.services.kv.list({ prefix: ["limit"] })) keys.push(key.join("/"));
    expect(keys.length).toBeGreaterThan(5);
    expect(keys.filter((key) => /@|\+/.test(key))).toEqual([]);
  });
});

Deno.test("signing in is refused, not waved through, when KV is away", async () => {
  await using parley = await startParley({ env: STRICT });
  parley.expectErrors(/^(limits cannot be counted|request)$/);
  const { kv } = parley.node.services;
  const get = kv.get.bind(kv);
  kv.get = () => Promise.reject(new Error("KV is away"));
  try {
    for (
      const [path, body] of Object.entries({
        signin: { email: freshEmail(), password: PASSWORD },
        forgetPassword: { email: freshEmail() },
        verifyOTP: { purpose: "register", target: freshEmail(), code: "123456" },
      })
    ) {
      const answer = await new Visitor(parley.node).post(`/api/auth/${path}`, body);
      expect([path, answer.status]).toEqual([path, 503]);
      await answer.body?.cancel();
    }
  } finally {
    kv.get = get;
  }
});

Deno.test("of forty who sign in to one account at the same moment five are heard and the others told to wait", async () => {
  await using parley = await startParley({ env: STRICT, nodes: 2 });
  const ada = await member(parley.node);
  const answers = await Promise.all(Array.from({ length: 40 }, async (_, index) => {
    const visitor = new Visitor(parley.nodes[index % 2]!);
    const body = { email: ada.email, password: "not the password" };
    const response = await visitor.post("/api/auth/signin", body, {
      "x-forwarded-for": `203.0.113.${index}`,
    });
    await response.body?.cancel();
    return { status: response.status, wait: Number(response.headers.get("retry-after")) };
  }));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(refused).toHaveLength(35);
  expect(refused.every(({ wait }) => wait > 0)).toBe(true);
});

Deno.test("a count is right, and never given up, when twelve isolates count for one subject at once", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parley-limits-" });
  const stores = await Promise.all(Array.from({ length: 12 }, () => Deno.openKv(`${folder}/kv.sqlite`)));
  const log = pino({ level: "silent" });
  const isolates = stores.map((kv) => createLimits(kv, () => 1_800_000_000_000, log, 12));
  try {
    // Each asks ten times; sixty are to be had.
    const asked = isolates.flatMap((limits) =>
      Array.from({ length: 10 }, () => limits.spend("signIn", "ada"))
    );
    const codes = (await Promise.allSettled(asked)).map((answer) =>
      answer.status === "fulfilled" ? "granted" : answer.reason.code
    );
    const counts = Object.groupBy(codes, (code) => code);
    expect(Object.fromEntries(Object.entries(counts).map(([code, all]) => [code, all!.length]))).toEqual({
      granted: 60,
      RATE_LIMIT_EXCEEDED: 60,
    });
  } finally {
    for (const kv of stores) kv.close();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a count is not given up when other isolates are quicker fifteen times over", async () => {
  const kv = await Deno.openKv(":memory:");
  const get = kv.get.bind(kv);
  let quicker = 15;
  kv.get = async <Value>(key: Deno.KvKey) => {
    const entry = await get<Value>(key);
    if (quicker-- > 0) await kv.set(key, quicker);
    return entry;
  };
  try {
    await createLimits(kv, Date.now, pino({ level: "silent" }), 1).spend("signIn", "ada");
    expect(quicker).toBe(-1);
  } finally {
    kv.close();
  }
});
