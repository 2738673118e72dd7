import { expect } from "expect";
import { clientAddress } from "../../lib/http/client_address.ts";
import { safePath } from "../../lib/http/visit.ts";
import { parleyForFile } from "../support/node.ts";
import { COOKIE, dataOf, guest, refusal, Visitor } from "../support/visitor.ts";

const parley = parleyForFile();

Deno.test("a write by cookie is done when it repeats its CSRF token", async () => {
  const ann = await guest(parley().node);
  await dataOf(await ann.post("/api/auth/ws-token", {}, { "x-csrf-token": await ann.csrf() }));
});

Deno.test("a write by bearer token needs no CSRF token when no cookie comes with it", async () => {
  const ann = await guest(parley().node);
  const headers = { authorization: `Bearer ${ann.accessToken}` };
  await dataOf(await fetch(`${parley().node.origin}/api/auth/ws-token`, { method: "POST", headers }));
});

Deno.test("a write by cookie is refused when its CSRF token is not good", async (test) => {
  const ann = await guest(parley().node);
  const ben = await guest(parley().node);
  const good = await ann.csrf();
  const theirs = await ben.csrf();
  const nobody = await new Visitor(parley().node).csrf();
  const write = (cookie: string | null, header: string | null) => {
    const kept = `${COOKIE.access}=${ann.cookies.get(COOKIE.access)}`;
    return ann.fetch("/api/auth/ws-token", {
      method: "POST",
      headers: {
        cookie: cookie === null ? kept : `${kept}; ${COOKIE.csrf}=${cookie}`,
        ...(header !== null && { "x-csrf-token": header }),
      },
    });
  };
  const cases: Record<string, [cookie: string | null, header: string | null]> = {
    "no token comes": [null, null],
    "it comes by cookie alone": [good, null],
    "it comes by header alone": [null, good],
    "cookie and header differ": [good, theirs],
    "it is another session's": [theirs, theirs],
    "it is that of nobody's session": [nobody, nobody],
    "it is not signed": ["abc.def", "abc.def"],
    "it is empty": ["", ""],
  };
  for (const [what, [cookie, header]] of Object.entries(cases)) {
    await test.step(what, async () => void await refusal(await write(cookie, header), 403, "CSRF_FAILED"));
  }
  await test.step("and done when it is", async () => void await dataOf(await write(good, good)));
});

Deno.test("a write by cookie is refused when another site's page sends it", async (test) => {
  const ann = await guest(parley().node);
  const csrf = await ann.csrf();
  const { port } = new URL(parley().node.origin);
  const origins = [
    "https://evil.example",
    "null",
    `http://127.0.0.1.evil.example:${port}`,
    `http://127.0.0.1:1${port}`,
    "",
  ];
  for (const origin of origins) {
    await test.step(`from ${JSON.stringify(origin)}`, async () => {
      const response = await ann.fetch("/api/auth/ws-token", {
        method: "POST",
        headers: { "x-csrf-token": csrf, origin },
      });
      await refusal(response, 403, "ORIGIN_NOT_ALLOWED");
    });
  }
  await test.step("that hides its origin", async () => {
    const headers = { "x-csrf-token": csrf, "sec-fetch-site": "cross-site", cookie: ann.cookieHeader() };
    const response = await fetch(`${parley().node.origin}/api/auth/ws-token`, { method: "POST", headers });
    await refusal(response, 403, "ORIGIN_NOT_ALLOWED");
  });
});

Deno.test("a form is refused in words when it is another site's or has no token", async () => {
  const ann = await guest(parley().node);
  const before = ann.cookies.size;
  const foreign = await ann.submit("/leave", { csrf: await ann.csrf() }, { origin: "https://evil.example" });
  expect(foreign.status).toBe(403);
  expect(await foreign.text()).toContain("not accepted");
  const bare = await ann.submit("/leave", {});
  expect(bare.status).toBe(403);
  expect(await bare.text()).toContain("grown old");
  expect(ann.cookies.size).toBeGreaterThanOrEqual(before);
  await dataOf(await ann.fetch("/api/auth/me"));
});

Deno.test("a form is taken when it carries the token that its page gave it", async () => {
  const ann = await guest(parley().node);
  const { text } = await ann.get("/lounges");
  const csrf = /name="csrf" value="([^"]+)"/.exec(text)![1]!;
  const response = await ann.submit("/leave", { csrf });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/"]);
  await response.body?.cancel();
  await refusal(await ann.fetch("/api/auth/me"), 401, "UNAUTHENTICATED");
});

Deno.test("a path of this site is kept, and anything else is not, when somebody says where to go next", async (test) => {
  const good = ["/lounges", "/lounges/general/en", "/lounges?x=1", "/a//b"];
  for (const path of good) await test.step(path, () => void expect(safePath(path, "/home")).toBe(path));
  const bad = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\t/[",
    "/.//evil.example",
    "/a/..//evil.example/b",
    "/%2e//evil.example",
    "javascript:alert(1)",
    "data:text/html,hi",
    "lounges",
    "",
    undefined,
    null,
    42,
    ["/lounges"],
  ];
  for (const path of bad) {
    await test.step(JSON.stringify(path) ?? "undefined", () => {
      const kept = safePath(path, "/home");
      expect(new URL(kept, "http://here").origin).toBe("http://here");
      expect(kept).not.toMatch(/^\/[/\\]/);
    });
  }
});

Deno.test("a guest is never sent to another site when the form's next says so", async () => {
  for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"]) {
    const visitor = new Visitor(parley().node);
    const { text } = await visitor.get(`/guest?next=${encodeURIComponent(next)}`);
    expect(text).not.toContain('value="//');
    const csrf = /name="csrf" value="([^"]+)"/.exec(text)![1]!;
    const response = await visitor.submit("/guest", { csrf, next, ageCategory: "_18PLUS", nickname: "Ann" });
    const location = new URL(response.headers.get("location")!, parley().node.origin);
    expect([response.status, location.origin]).toEqual([303, parley().node.origin]);
    await response.body?.cancel();
  }
});

Deno.test("the address is the one that no client can make up when proxies stand in front", async (test) => {
  const request = (header?: string) =>
    new Request("http://localhost/", { headers: header === undefined ? {} : { "x-forwarded-for": header } });
  const cases: [what: string, proxies: number, header: string | undefined, address: string][] = [
    ["no proxy is trusted", 0, "1.2.3.4", "9.9.9.9"],
    ["one proxy appended its neighbour", 1, "1.2.3.4", "1.2.3.4"],
    ["the client made an entry up", 1, "6.6.6.6, 1.2.3.4", "1.2.3.4"],
    ["two proxies stand in front", 2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"],
    ["fewer entries came than proxies stand there", 2, "1.2.3.4", "9.9.9.9"],
    ["no header came", 1, undefined, "9.9.9.9"],
    ["the header is blank", 1, " , ", "9.9.9.9"],
  ];
  for (const [what, proxies, header, address] of cases) {
    await test.step(
      what,
      () => void expect(clientAddress(request(header), "9.9.9.9", proxies)).toBe(address),
    );
  }
});

Deno.test("guests are counted by the address that the proxy names when one is trusted", async () => {
  const behind = await parley().join({ env: { LIMITS_FACTOR: "0.05", TRUST_PROXY: "1" } });
  const enter = async (header: string) => {
    const visitor = new Visitor(behind);
    const headers = { "x-forwarded-for": header };
    const response = await visitor.post("/api/auth/guest", { ageCategory: "_18PLUS" }, headers);
    await response.body?.cancel();
    return response.status;
  };
  expect(await enter("198.51.100.1")).toBe(200);
  expect(await enter("203.0.113.77, 198.51.100.1")).toBe(429);
  expect(await enter("198.51.100.2")).toBe(200);
});
