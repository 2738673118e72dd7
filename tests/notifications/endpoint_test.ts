import { expect } from "expect";
import { createPush } from "../../lib/adapters/push/create.ts";
import { loadConfig } from "../../lib/config.ts";
import { AUTHORITY, CERTIFICATE, KEY } from "../previews/certificates.ts";
import { PRIVATE } from "../previews/private_addresses.ts";
import { PRODUCTION } from "../support/secrets.ts";
import { Browser, startPushService } from "../support/push_service.ts";

/** Made for this test. */
const KEYS = {
  VAPID_PUBLIC_KEY: "BEDwPdo6k6DktTLIXkxLTOKe3738gk5mirpho_oqOIeK6wUYhqesW-69c9zaRXB_915dMH6t0o95hZtr6Qf-Ia8",
  VAPID_PRIVATE_KEY: "hazt1RaOl2rGtfyuTvmH7UfVg5L_emhXvQ0wmArVwa8",
};
const NAMES: Record<string, string[]> = {
  "push.example": ["93.184.215.14"],
  "inside.example": ["10.0.0.7"],
  "both.example": ["93.184.215.14", "169.254.169.254"],
  "six.example": ["fd00::1"],
};
const OPTIONS = { ttl: 60, urgency: "normal", topic: "a" } as const;

const KEPT = loadConfig({ ...PRODUCTION, ...KEYS }).push!;
const resolve = (name: string) => Promise.resolve(NAMES[name] ?? []);
const production = () => createPush(KEPT, { resolve });
const development = () => createPush({ ...KEPT, loopback: true }, { resolve });

Deno.test("an endpoint is taken when it is https and on the public internet", async () => {
  for (
    const endpoint of ["https://push.example/send/1", "https://push.example:8443/x", "https://93.184.215.14/"]
  ) {
    expect([endpoint, await production().problemWith(endpoint)]).toEqual([endpoint, null]);
  }
});

Deno.test("an endpoint is refused when it leads inside, however it is written", async (test) => {
  const endpoints = [
    "http://push.example/send/1",
    "ftp://push.example/",
    "https://user:pass@push.example/",
    "https://inside.example/",
    "https://both.example/",
    "https://six.example/",
    "https://nowhere.example/",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::ffff:10.0.0.1]/",
    "https://[fd00::1]/",
    "not an address",
  ];
  for (const endpoint of endpoints) {
    await test.step(endpoint, async () => {
      expect(await production().problemWith(endpoint)).toEqual(expect.any(String));
      if (!/127|localhost|::1\]|2130706433|0x7f/.test(endpoint) || endpoint.includes("fd00")) {
        expect(await development().problemWith(endpoint)).toEqual(expect.any(String));
      }
    });
  }
});

Deno.test("a name is refused when it leads, even in part, to an address that is not public", async () => {
  for (const [address, what] of Object.entries(PRIVATE)) {
    for (const all of [[address], ["93.184.215.14", address]]) {
      const push = createPush({ ...KEPT, loopback: true }, { resolve: () => Promise.resolve(all) });
      expect([what, await push.problemWith("https://trap.example/")]).toEqual([what, expect.any(String)]);
    }
  }
});

Deno.test("a push service is reached by TLS when its certificate is its own, and not otherwise", async () => {
  const served = (req: Request) =>
    new Response(null, { status: new URL(req.url).pathname === "/gone" ? 410 : 201 });
  await using server = Deno.serve({
    port: 0,
    hostname: "127.0.0.1",
    cert: CERTIFICATE,
    key: KEY,
    onListen() {},
  }, served);
  const parts = {
    resolve: () => Promise.resolve(["::1", "127.0.0.1"]),
    alsoPublic: new Set(["127.0.0.1", "::1"]),
  };
  const trusting = createPush(KEPT, { ...parts, ca: [AUTHORITY] });
  const send = async (push: typeof trusting, host: string, path = "/send") => {
    const { subscription } = await Browser.at(`https://${host}:${server.addr.port}${path}`);
    return await push.send(subscription, "{}", OPTIONS);
  };
  expect(await send(trusting, "safe.example")).toBe("taken");
  expect(await send(trusting, "safe.example", "/gone")).toBe("gone");
  await expect(send(trusting, "other.example")).rejects.toMatchObject({
    name: "DeliveryError",
    hopeless: false,
  });
  await expect(send(createPush(KEPT, parts), "safe.example")).rejects.toMatchObject({
    name: "DeliveryError",
  });
});

Deno.test("nothing is sent to a name that was public when it was asked about and is private when it is reached", async () => {
  let address = "93.184.215.14";
  const push = createPush(KEPT, { resolve: () => Promise.resolve([address]) });
  const browser = await Browser.at("https://rebound.example/send/1");
  expect(await push.problemWith(browser.endpoint)).toBe(null);
  address = "127.0.0.1";
  await expect(push.send(browser.subscription, "{}", OPTIONS)).rejects.toMatchObject({
    name: "DeliveryError",
    hopeless: true,
  });
});

Deno.test("a push service on this machine is taken in development alone", async () => {
  await using service = startPushService();
  const browser = await service.browser();
  expect(await development().send(browser.subscription, `{"title":"hi"}`, OPTIONS)).toBe("taken");
  expect(browser.received[0]?.words).toEqual({ title: "hi" });
  expect(await production().problemWith(browser.endpoint)).toEqual(expect.any(String));
  await expect(production().send(browser.subscription, "{}", OPTIONS)).rejects.toMatchObject({
    hopeless: true,
  });
});

Deno.test("development makes its own key once, and production without keys sends nothing", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "parley-test-" });
  try {
    const [first, second] = [loadConfig({ DATA_DIR: dataDir }), loadConfig({ DATA_DIR: dataDir })];
    expect(first.push).toMatchObject({ loopback: true, subject: "mailto:parley@localhost" });
    expect(createPush(first.push!).publicKey).toBe(createPush(second.push!).publicKey);
    expect(createPush(first.push!).publicKey).toMatch(/^B[A-Za-z0-9_-]{86}$/);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
  expect(loadConfig(PRODUCTION).push).toBeUndefined();
});

Deno.test("production uses its keys when they belong together, and names what does not fit", () => {
  const { push } = loadConfig({ ...PRODUCTION, ...KEYS });
  expect(push).toMatchObject({ subject: "https://parley.example/", loopback: false });
  expect(createPush(push!).publicKey).toBe(KEYS.VAPID_PUBLIC_KEY);
  const problem = (env: Record<string, string>) => {
    try {
      createPush(loadConfig({ ...PRODUCTION, ...env }).push!);
      return "none";
    } catch (error) {
      return String(error);
    }
  };
  expect(problem({ VAPID_PRIVATE_KEY: KEYS.VAPID_PRIVATE_KEY })).toContain("VAPID_PUBLIC_KEY: is missing");
  expect(problem({ VAPID_PUBLIC_KEY: KEYS.VAPID_PUBLIC_KEY })).toContain("VAPID_PRIVATE_KEY: is missing");
  expect(problem({ ...KEYS, VAPID_PRIVATE_KEY: "short" })).toContain("VAPID_PRIVATE_KEY: must be");
  expect(problem({ ...KEYS, VAPID_PRIVATE_KEY: `${"A".repeat(42)}I` })).toContain(
    "VAPID_PUBLIC_KEY: does not belong",
  );
  expect(problem({ ...KEYS, VAPID_SUBJECT: "me" })).toContain("VAPID_SUBJECT");
});
