import { expect } from "expect";
import { movableClock, parleyForFile } from "../support/node.ts";
import { COOKIE, dataOf, type Guest, guest, refusal, Visitor } from "../support/visitor.ts";

const clock = movableClock();
const parley = parleyForFile({ nodes: 2, clock });

/** A browser whose access token is gone and that holds this refresh token. */
function holding(refreshToken: string): Visitor {
  const visitor = new Visitor(parley().node);
  visitor.cookies.set(COOKIE.refresh, refreshToken);
  return visitor;
}

const refreshOf = (visitor: Visitor) => visitor.cookies.get(COOKIE.refresh)!;

/** Uses a refresh token up. @returns the next one. */
async function renew(refreshToken: string): Promise<string> {
  const visitor = holding(refreshToken);
  await dataOf(await visitor.fetch("/api/auth/me"));
  return refreshOf(visitor);
}

async function isAlive(who: Guest): Promise<boolean> {
  const headers = { authorization: `Bearer ${who.accessToken}` };
  const response = await fetch(`${parley().nodes[1]!.origin}/api/auth/me`, { headers });
  await response.body?.cancel();
  return response.ok;
}

Deno.test("a session is renewed and its refresh token replaced when the access token is over its time", async () => {
  const ann = await guest(parley().node);
  const [access, refresh] = [ann.cookies.get(COOKIE.access), refreshOf(ann)];
  clock.advance(15 * 60 * 1000);
  const { user } = await dataOf<{ user: unknown }>(await ann.fetch("/api/auth/me"));
  expect(user).toMatchObject({ ...ann.user });
  expect(ann.cookies.get(COOKIE.access)).not.toBe(access);
  expect(refreshOf(ann)).not.toBe(refresh);
  expect(ann.setCookies.at(-1)).toMatch(/Max-Age=\d+/i);
});

Deno.test("nothing is renewed when the access token is still good", async () => {
  const ann = await guest(parley().node);
  const set = ann.setCookies.length;
  await dataOf(await ann.fetch("/api/auth/me"));
  expect(ann.setCookies).toHaveLength(set);
});

Deno.test("the token before is still taken, but not replaced, when it comes within 10 s", async () => {
  const ann = await guest(parley().node);
  const first = refreshOf(ann);
  await renew(first);
  clock.advance(9_000);
  const otherTab = holding(first);
  await dataOf(await otherTab.fetch("/api/auth/me"));
  expect(otherTab.cookies.has(COOKIE.access)).toBe(true);
  expect(refreshOf(otherTab)).toBe(first);
  expect(await isAlive(ann)).toBe(true);
});

Deno.test("both of two tabs stay signed in when they renew in the same instant on two nodes", async () => {
  const ann = await guest(parley().node);
  const tabs = parley().nodes.map((node) => {
    const tab = new Visitor(node);
    tab.cookies.set(COOKIE.refresh, refreshOf(ann));
    return tab;
  });
  await Promise.all(tabs.map(async (tab) => void await dataOf(await tab.fetch("/api/auth/me"))));
  expect(await isAlive(ann)).toBe(true);
  expect(new Set(tabs.map(refreshOf)).size).toBe(2);
});

Deno.test("the session ends for all when the token before comes after 10 s", async () => {
  const ann = await guest(parley().node);
  const first = refreshOf(ann);
  const second = await renew(first);
  clock.advance(10_000);
  const thief = holding(first);
  await refusal(await thief.fetch("/api/auth/me"), 401, "UNAUTHENTICATED");
  expect(thief.cookies.has(COOKIE.refresh)).toBe(false);
  await refusal(await holding(second).fetch("/api/auth/me"), 401, "UNAUTHENTICATED");
  expect(await isAlive(ann)).toBe(false);
});

Deno.test("the session ends for all when an older token comes, even at once", async () => {
  const ann = await guest(parley().node);
  const first = refreshOf(ann);
  const third = await renew(await renew(first));
  await refusal(await holding(first).fetch("/api/auth/me"), 401, "UNAUTHENTICATED");
  await refusal(await holding(third).fetch("/api/auth/me"), 401, "UNAUTHENTICATED");
  expect(await isAlive(ann)).toBe(false);
});

Deno.test("a refresh token is refused and the session lives on when it names no session", async (test) => {
  const ann = await guest(parley().node);
  const bad: Record<string, string> = {
    "it is nonsense": "nonsense",
    "it is of a session that never was": `${crypto.randomUUID()}.${"A".repeat(43)}`,
    "it is empty": ".",
    "it tries to be SQL": "' or 1=1 --.x",
  };
  for (const [what, token] of Object.entries(bad)) {
    await test.step(
      what,
      async () => void await refusal(await holding(token).fetch("/api/auth/me"), 401, "UNAUTHENTICATED"),
    );
  }
  expect(await isAlive(ann)).toBe(true);
});

Deno.test("neither tokens nor their plain hashes are in the database or in KV when they are in use", async () => {
  const ann = await guest(parley().node);
  const headers = { authorization: `Bearer ${ann.accessToken}` };
  const response = await fetch(`${parley().node.origin}/api/auth/ws-token`, { method: "POST", headers });
  const { token } = await dataOf<{ token: string }>(response);
  const secrets = [ann.accessToken, refreshOf(ann), refreshOf(ann).split(".")[1]!, token];
  const rows = await parley().database.sql`select * from sessions`;
  const kept = [JSON.stringify(rows)];
  for await (const { key, value } of parley().node.services.kv.list({ prefix: [] })) {
    kept.push(JSON.stringify([key, value]));
  }
  for (const secret of secrets) {
    expect(kept.some((text) => text.includes(secret))).toBe(false);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret)));
    const plain = [digest.toHex(), digest.toBase64({ alphabet: "base64url", omitPadding: true })];
    expect(kept.some((text) => plain.some((hash) => text.includes(hash)))).toBe(false);
  }
});

Deno.test("an access token is refused when somebody else signed it", async (test) => {
  const ann = await guest(parley().node);
  const [head, body, signature] = ann.accessToken.split(".") as [string, string, string];
  const none = btoa(JSON.stringify({ alg: "none" })).replaceAll("=", "");
  const forged: Record<string, string> = {
    "the signature is another": `${head}.${body}.${
      signature.replace(/^./, (first) => first === "A" ? "B" : "A")
    }`,
    "there is no signature": `${head}.${body}.`,
    "it says that none is needed": `${none}.${body}.`,
    "it is not a token": "abc",
  };
  for (const [what, token] of Object.entries(forged)) {
    await test.step(what, async () => {
      const headers = { authorization: `Bearer ${token}` };
      await refusal(await fetch(`${parley().node.origin}/api/auth/me`, { headers }), 401, "UNAUTHENTICATED");
    });
  }
  await test.step("the cookie is no better", async () => {
    const visitor = new Visitor(parley().node);
    visitor.cookies.set(COOKIE.access, forged["the signature is another"]!);
    await refusal(await visitor.fetch("/api/auth/me"), 401, "UNAUTHENTICATED");
  });
});
