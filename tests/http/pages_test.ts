import { expect } from "expect";
import { parleyForFile } from "../support/node.ts";
import { guest, refusal, roomOf, Visitor } from "../support/visitor.ts";

const parley = parleyForFile({ seed: "history" });

const PAGES = [
  "/",
  "/guest",
  "/lounges",
  "/lounges/general",
  "/lounges/general/en",
  "/lounges/general/ar",
  "/api/docs",
  "/nowhere",
];

Deno.test("every script of a page has the nonce of its own answer when it is served", async (test) => {
  const ann = await guest(parley().node);
  for (const visitor of [new Visitor(parley().node), ann]) {
    for (const path of PAGES) {
      await test.step(`${path} for ${visitor === ann ? "a guest" : "nobody"}`, async () => {
        const { response, text } = await visitor.get(path);
        const policy = response.headers.get("content-security-policy")!;
        const nonce = /script-src 'self' 'nonce-([\w-]{22})'/.exec(policy)![1];
        expect(policy).not.toContain("unsafe");
        for (const [script] of text.matchAll(/<script\b[^>]*>/g)) {
          const external = /\bsrc="\/[^/]/.test(script);
          expect(external || script.includes(`nonce="${nonce}"`)).toBe(true);
        }
        expect(text).not.toMatch(/<style\b|\sstyle="|\son\w+="/);
        const again = await visitor.get(path);
        expect(again.response.headers.get("content-security-policy")).not.toContain(nonce!);
      });
    }
  }
});

Deno.test("a script stays without a nonce when somebody wrote it", async () => {
  const { node } = parley();
  const ann = await guest(node);
  const { id } = await roomOf(node, "general", "es");
  const path = "/lounges/general/es";
  const csrf = /name="csrf" value="([^"]+)"/.exec((await ann.get(path)).text)![1]!;
  const body = `</script><script>alert(1)</script></head><img src=x onerror=alert(1)>`;
  const response = await ann.submit(path, { csrf, clientId: crypto.randomUUID(), body });
  await response.body?.cancel();
  expect(response.status).toBe(303);
  for (const visitor of [ann, new Visitor(node)]) {
    const { text } = await visitor.get(path);
    expect(text).not.toContain("<script>alert(1)");
    expect(text).not.toContain("<img src=x");
    expect(text).toContain("&lt;script>alert(1)");
  }
  const { messages } = (await (await fetch(`${node.origin}/api/chatroom/rooms/${id}/messages`)).json()).data;
  expect(messages.at(-1).body).toBe(body);
});

Deno.test("pages are never kept by caches and built files are kept for good when they are served", async () => {
  const { response, text } = await new Visitor(parley().node).get("/lounges");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const assets = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
  expect(assets.some((path) => path.endsWith(".css"))).toBe(true);
  for (const path of assets) {
    const asset = await fetch(parley().node.origin + path);
    expect(asset.status).toBe(200);
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(asset.headers.get("x-content-type-options")).toBe("nosniff");
    await asset.body?.cancel();
  }
  const missing = await fetch(`${parley().node.origin}/assets/missing-12345678.js`);
  expect(missing.status).toBe(404);
  expect(missing.headers.get("cache-control") ?? "").not.toContain("immutable");
  await missing.body?.cancel();
});

Deno.test("files of the server are out of reach when somebody tries to climb out of the public folder", async () => {
  for (
    const path of [
      "/../main.ts",
      "/..%2fmain.ts",
      "/%2e%2e/deno.json",
      "/assets/..%2f..%2fserver/index.mjs",
      "/.env",
    ]
  ) {
    const response = await fetch(parley().node.origin + path);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).not.toMatch(/loadConfig|nodeModulesDir|useNitroApp/);
  }
});

Deno.test("a missing page says so to people and to programs when it is asked for", async () => {
  const page = await new Visitor(parley().node).get("/nowhere");
  expect(page.response.status).toBe(404);
  expect(page.response.headers.get("content-type")).toMatch(/^text\/html/);
  await refusal(await fetch(`${parley().node.origin}/api/nowhere`), 404, "NOT_FOUND");
});

Deno.test("a page says nothing of what went wrong when something breaks", async () => {
  const { node } = parley();
  const broken = await parley().join({
    alter: (services) => ({
      ...services,
      realtime: {
        ...services.realtime,
        onlineByRoom() {
          throw new Error("secret detail of the inside");
        },
      },
    }),
  });
  parley().expectErrors(/a request failed|^request$/);
  const page = await new Visitor(broken).get("/lounges");
  expect(page.response.status).toBe(500);
  expect(page.text).not.toContain("secret detail");
  expect(page.text).toContain(page.response.headers.get("x-request-id")!);
  const api = await fetch(`${broken.origin}/api/chatroom/lounges`);
  expect(await refusal(api, 500, "INTERNAL")).toEqual({ code: "INTERNAL", message: expect.any(String) });
  expect(broken.log.some(({ error }) => String(error).includes("secret detail"))).toBe(true);
  expect(node.log).toEqual([]);
});

Deno.test("RED lounges are closed, and say how to come in, when somebody did not ask for them", async () => {
  const { node } = parley();
  const [nobody, plain, red] = [new Visitor(node), await guest(node), await guest(node, { red: true })];
  const { id } = await roomOf(node, "late-night", "en");
  const paths = ["/lounges/late-night", "/lounges/late-night/en", `/api/chatroom/rooms/${id}/messages`];
  for (const path of paths) {
    const statuses = [];
    for (const visitor of [nobody, plain, red]) statuses.push((await visitor.get(path)).response.status);
    const turnedAway = path.startsWith("/api/") ? 401 : 303;
    expect({ path, statuses }).toEqual({ path, statuses: [turnedAway, 403, 200] });
  }
  const { response } = await nobody.get("/lounges/late-night/en");
  expect(response.headers.get("location")).toBe("/guest?next=%2Flounges%2Flate-night%2Fen");
});

Deno.test("the Arabic room is written from right to left and named as Arabic when it is served", async () => {
  const { text } = await new Visitor(parley().node).get("/lounges/general/ar");
  expect(text).toMatch(/dir="rtl"[^>]*lang="ar"|lang="ar"[^>]*dir="rtl"/);
});

Deno.test("health tells of its parts and of nothing secret when it is asked", async () => {
  const health = await (await fetch(`${parley().node.origin}/health`)).json();
  expect(health).toEqual({
    status: "ok",
    uptime: expect.any(Number),
    version: expect.any(String),
    isolate: expect.any(String),
    postgres: true,
    kv: true,
    connections: expect.any(Number),
  });
});
