import { expect } from "expect";
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
