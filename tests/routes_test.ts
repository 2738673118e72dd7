/** Walks every route of `fresh.gen.ts` with every kind of visitor and every method. */
import { expect } from "expect";
import { routes } from "../fresh.gen.ts";
import type { Guard } from "../lib/http/guards.ts";
import { type Node, parleyForFile } from "./support/node.ts";
import { member } from "./support/member.ts";
import { PRODUCTION } from "./support/secrets.ts";
import { dataOf, guest, refusal, roomOf, Visitor } from "./support/visitor.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const NOT_ANSWERED = new Set([405]);
const WRITES = new Set<string>(["POST", "PUT", "PATCH", "DELETE"]);
/** Gives the token out, so it cannot ask for it. */
const WITHOUT_TOKEN = "/api/auth/csrf";
/** Pages that send strangers to the guest form instead of refusing them. */
const SENDS_AWAY = 303;

const parley = parleyForFile({ seed: "history" });

/** How somebody is known, or is not. */
interface Kind {
  level: "nobody" | "guest" | "member" | "admin";
  byCookie: boolean;
  visitor(node: Node): Promise<{ visitor: Visitor; headers: Record<string, string> }>;
}

async function bearer(node: Node, red: boolean) {
  const { accessToken } = await guest(node, { red });
  return { visitor: new Visitor(node), headers: { authorization: `Bearer ${accessToken}` } };
}

const KINDS: Record<string, Kind> = {
  "nobody": {
    level: "nobody",
    byCookie: true,
    visitor: (node) => Promise.resolve({ visitor: new Visitor(node), headers: {} }),
  },
  "a guest by cookie": {
    level: "guest",
    byCookie: true,
    visitor: async (node) => ({ visitor: await guest(node), headers: {} }),
  },
  "a guest by bearer token": { level: "guest", byCookie: false, visitor: (node) => bearer(node, false) },
  "a member by cookie": {
    level: "member",
    byCookie: true,
    visitor: async (node) => ({ visitor: await member(node), headers: {} }),
  },
  "a member by bearer token": {
    level: "member",
    byCookie: false,
    async visitor(node) {
      const { accessToken } = await member(node);
      return { visitor: new Visitor(node), headers: { authorization: `Bearer ${accessToken}` } };
    },
  },
  "an admin by cookie": {
    level: "admin",
    byCookie: true,
    visitor: async (node) => ({ visitor: await member(node, { role: "ADMIN" }), headers: {} }),
  },
  "a RED guest": { level: "guest", byCookie: false, visitor: (node) => bearer(node, true) },
  "a guest of an ended session": {
    level: "nobody",
    byCookie: true,
    async visitor(node) {
      const visitor = await guest(node);
      const cookies = new Map(visitor.cookies);
      await dataOf(await visitor.post("/api/auth/logout", {}, { "x-csrf-token": await visitor.csrf() }));
      for (const [name, value] of cookies) visitor.cookies.set(name, value);
      return { visitor, headers: {} };
    },
  },
  "a forger": {
    level: "nobody",
    byCookie: false,
    async visitor(node) {
      const { accessToken } = await guest(node);
      const forged = accessToken.replace(/\.[^.]+$/, `.${"A".repeat(43)}`);
      return { visitor: new Visitor(node), headers: { authorization: `Bearer ${forged}` } };
    },
  },
};

/** Somebody whose profile there is to see. */
const SEEN = "seen_by_all";
const seen = new WeakMap<Node, Promise<unknown>>();

const ghostRooms = new WeakMap<Node, Promise<string>>();

/** The token of a ghost room, of which there is one a node. */
function ghostRoomOf(node: Node): Promise<string> {
  const known = ghostRooms.get(node) ?? new Visitor(node).post("/api/rooms")
    .then(async (response) => (await dataOf<{ token: string }>(response)).token);
  ghostRooms.set(node, known);
  return known;
}

/** An address that a pattern answers. */
async function addressOf(pattern: string, node: Node): Promise<string> {
  const { id } = await roomOf(node);
  if (!seen.has(node)) seen.set(node, member(node, { username: SEEN }));
  await seen.get(node);
  const values: Record<string, string> = {
    roomId: id,
    token: await ghostRoomOf(node),
    roomToken: await ghostRoomOf(node),
    username: SEEN,
    // Nobody's: whether it is there at all is not for a stranger to learn, and not for a guard to say.
    id: crypto.randomUUID(),
    userId: "999999999",
    name: "0-64.webp",
    loungeId: "general",
    slug: "nowhere",
    pass: "x.y",
    seq: "1",
    lounge: "general",
    language: "en",
  };
  return pattern.replaceAll(/:(\w+)/g, (_, name: string) => {
    if (!values[name]) throw new Error(`Give the route test a value for :${name} of ${pattern}.`);
    return values[name];
  });
}

/** Where pages send those who must come in first, or need an account. */
const DOORS = /^\/(guest|login|register)(\?|$)/;

/** Whether somebody got past the guard, and not past it, as it says. What the route then answers is its own business. */
function guardHolds(guard: Guard, { level }: Kind, { status, headers }: Response): boolean {
  const sentAway = status === 401 || (status === 303 && DOORS.test(headers.get("location") ?? ""));
  switch (guard) {
    case "anyone":
    case "development":
      return !NOT_ANSWERED.has(status) && status < 500;
    case "participant":
    case "signed-in":
      return sentAway === (level === "nobody") && status < 500;
    case "member":
      if (level === "guest") return status === 403 || sentAway;
      return sentAway === (level === "nobody") && status !== 403 && status < 500;
    case "admin":
      if (level === "guest" || level === "member") return status === 403;
      return sentAway === (level === "nobody") && status !== 403 && status < 500;
    case "ticket":
      return status === 426;
  }
}

function holdsSecurityHeaders({ headers }: Response): void {
  expect(headers.get("content-security-policy")).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
  expect(Object.fromEntries(headers)).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    // Ghost rooms' pages tell nobody where somebody comes from.
    "referrer-policy": expect.stringMatching(/^(strict-origin-when-cross-origin|no-referrer)$/),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
    "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(headers.get("server")).toBeNull();
  expect(headers.get("x-powered-by")).toBeNull();
}

async function ask(node: Node, kind: Kind, path: string, method: string): Promise<Response> {
  const { visitor, headers } = await kind.visitor(node);
  const csrf: Record<string, string> = {};
  if (kind.byCookie && WRITES.has(method)) csrf["x-csrf-token"] = await visitor.csrf();
  const body = WRITES.has(method) ? "{}" : undefined;
  const type: Record<string, string> = body ? { "content-type": "application/json" } : {};
  const response = await visitor.fetch(path, { method, body, headers: { ...headers, ...csrf, ...type } });
  await response.body?.cancel();
  return response;
}

Deno.test("every guard holds, whoever comes, when a route is asked", async (test) => {
  for (const route of routes) {
    const path = await addressOf(route.pattern, parley().node);
    for (const [name, kind] of Object.entries(KINDS)) {
      await test.step(`${route.pattern} by ${name}`, async () => {
        for (const [method, guard] of Object.entries(route.methods)) {
          const response = await ask(parley().node, kind, path, method);
          holdsSecurityHeaders(response);
          const what = `${method} ${path} (${guard}) gave ${response.status}`;
          expect([what, guardHolds(guard, kind, response)]).toEqual([what, true]);
        }
      });
    }
  }
});

Deno.test("a method is refused with 405 and those that are allowed are named when a route does not declare it", async (test) => {
  for (const route of routes) {
    const path = await addressOf(route.pattern, parley().node);
    await test.step(route.pattern, async () => {
      for (const method of METHODS.filter((method) => !route.methods[method])) {
        const response = await ask(parley().node, KINDS["a guest by cookie"]!, path, method);
        holdsSecurityHeaders(response);
        expect([method, response.status]).toEqual([method, 405]);
        expect(response.headers.get("allow") ?? "").toContain(Object.keys(route.methods)[0]!);
      }
    });
  }
});

Deno.test("a write by cookie is refused when it has no CSRF token or comes from elsewhere, on every route", async (test) => {
  for (const route of routes) {
    const path = await addressOf(route.pattern, parley().node);
    for (const method of Object.keys(route.methods).filter((name) => WRITES.has(name))) {
      await test.step(`${method} ${route.pattern}`, async () => {
        const api = path.startsWith("/api/");
        const ann = await guest(parley().node);
        const csrf = await ann.csrf();
        const json = { "content-type": "application/json" };
        const foreign = { ...json, "x-csrf-token": csrf, origin: "https://evil.example" };
        const elsewhere = await ann.fetch(path, { method, body: "{}", headers: foreign });
        holdsSecurityHeaders(elsewhere);
        if (api) await refusal(elsewhere, 403, "ORIGIN_NOT_ALLOWED");
        else await elsewhere.body?.cancel();
        expect(elsewhere.status).toBe(403);
        if (path === WITHOUT_TOKEN) return;
        const bare = await ann.fetch(path, { method, body: "{}", headers: json });
        if (api) await refusal(bare, 403, "CSRF_FAILED");
        else await bare.body?.cancel();
        expect(bare.status).toBe(403);
        // Nothing was done: the session is still there.
        await dataOf(await ann.fetch("/api/auth/me"));
      });
    }
  }
});

Deno.test("an address that no route answers is not found, with all headers, when it is asked for", async () => {
  for (const method of METHODS) {
    const api = await new Visitor(parley().node).fetch("/api/auth/nowhere", { method });
    holdsSecurityHeaders(api);
    await refusal(api, 404, "NOT_FOUND");
    const page = await new Visitor(parley().node).fetch("/nowhere", { method });
    holdsSecurityHeaders(page);
    expect(page.status).toBe(404);
    await page.body?.cancel();
  }
});

Deno.test("a page that is not for strangers sends them to come in, and back afterwards", async () => {
  const response = await new Visitor(parley().node).fetch("/lounges/late-night/en");
  expect([response.status, response.headers.get("location")]).toEqual([
    SENDS_AWAY,
    "/guest?next=%2Flounges%2Flate-night%2Fen",
  ]);
  await response.body?.cancel();
});

Deno.test("development's own routes do not exist when it is production", async () => {
  const production = await parley().join({
    env: { ...PRODUCTION, DATABASE_URL: parley().database.url },
  });
  const development = routes.filter(({ methods }) => Object.values(methods).includes("development"));
  expect(development.length).toBeGreaterThan(0);
  for (const { pattern } of development) {
    const response = await fetch(production.origin + await addressOf(pattern, parley().node));
    expect([pattern, response.status]).toEqual([pattern, 404]);
    await response.body?.cancel();
  }
  const page = await fetch(`${production.origin}/`);
  expect(page.headers.get("strict-transport-security")).toMatch(/max-age=31536000/);
  expect(page.headers.get("content-security-policy")).toContain("wss://parley.example");
  expect(await page.text()).not.toContain("/dev/");
});

Deno.test("every route declares its guards and the list of them is current", async () => {
  const args = ["run", "-A", "tools/generate_routes.ts", "--check"];
  const cwd = new URL("../", import.meta.url);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd, stderr: "piped" })
    .output();
  expect([new TextDecoder().decode(stderr), success]).toEqual(["", true]);
  for (const { pattern, methods } of routes) {
    expect([pattern, Object.keys(methods).length > 0]).toEqual([pattern, true]);
  }
});
