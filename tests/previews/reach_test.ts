/** Where the server goes, and where it is not to be led. */
import { expect } from "expect";
import { REDIRECTS_MAX } from "../../lib/adapters/web/create.ts";
import { resolveByDns } from "../../lib/adapters/web/resolve.ts";
import { AUTHORITY, CERTIFICATE, KEY } from "./certificates.ts";
import { PRIVATE } from "./private_addresses.ts";
import { html, redirect, site, taken, testWeb } from "./servers.ts";

const PAGE = "<title>Here</title>";

Deno.test("a page is taken from the address that its name has", async () => {
  await using server = site((say) => say(html(PAGE)));
  const web = testWeb([server.port]);
  const address = `http://page.example:${server.port}/a?b=c`;
  expect(await taken(web, `${address}#d`)).toEqual({ text: PAGE, bytes: PAGE.length, at: address });
  expect(web.dialled).toEqual([`127.0.0.1:${server.port}`]);
});

Deno.test("a server learns who asks, and nothing of whoever posted the link", async () => {
  await using server = site((say) => say(html(PAGE, "Set-Cookie: a=b\r\n")));
  const web = testWeb([server.port]);
  for (let visit = 0; visit < 2; visit++) await taken(web, `http://page.example:${server.port}/a?b=c#d`);
  for (const request of server.requests) {
    const [line, ...headers] = request.trimEnd().split("\r\n");
    expect(line).toBe("GET /a?b=c HTTP/1.1");
    expect(headers.map((header) => header.toLowerCase()).toSorted()).toEqual([
      "accept-encoding: gzip, br",
      "accept: text/html",
      "connection: close",
      `host: page.example:${server.port}`,
      "user-agent: mozilla/5.0 (compatible; parley/1.0; link previews; +https://parley.example)",
    ]);
  }
});

Deno.test("a name is not asked when it leads, even in part, to an address that is not public", async () => {
  for (const [address, what] of Object.entries(PRIVATE)) {
    for (const all of [[address], ["127.0.0.1", address], [address, "127.0.0.1"]]) {
      const web = testWeb([], { hosts: { "trap.example": all } });
      expect([what, await taken(web, "http://trap.example/")]).toEqual([what, "private"]);
      expect(web.dialled).toEqual([]);
    }
  }
});

Deno.test("an address that is not public is not asked when it stands in the link itself", async () => {
  for (const [address, what] of Object.entries(PRIVATE)) {
    if (address.includes("%")) continue;
    const web = testWeb([]);
    const host = address.includes(":") ? `[${address}]` : address;
    for (const scheme of ["http", "https"]) {
      expect([what, await taken(web, `${scheme}://${host}/`)]).toEqual([what, "private"]);
    }
    expect([web.dialled, web.resolved]).toEqual([[], []]);
  }
});

Deno.test("a redirect leads to no address that is not public", async () => {
  let target = "";
  await using server = site((say) => say(redirect(target)));
  for (const [address, what] of Object.entries(PRIVATE)) {
    const literal = address.includes(":") ? `[${address}]` : address;
    const web = testWeb([server.port], { hosts: { "trap.example": [address] } });
    for (
      target of address.includes("%")
        ? ["http://trap.example/"]
        : [`http://${literal}/`, "https://trap.example/"]
    ) {
      expect([what, await taken(web, `http://page.example:${server.port}/`)]).toEqual([what, "private"]);
    }
    expect(new Set(web.dialled)).toEqual(new Set([`127.0.0.1:${server.port}`]));
  }
});

Deno.test("a redirect is not followed when it leads off the web", async () => {
  let target = "";
  await using server = site((say) => say(redirect(target)));
  const web = testWeb([server.port]);
  const targets = [
    ...[
      "file:///etc/passwd",
      "javascript:alert(1)",
      "data:text/html,<title>x</title>",
      "ftp://page.example/",
    ],
    ...[
      "http://user:pass@page.example/",
      "http://page.example:22/",
      "http://localhost/",
      "http://2130706433:6379/",
    ],
    `http://page.example/${"x".repeat(3_000)}`,
  ];
  for (target of targets) {
    expect([target, await taken(web, `http://page.example:${server.port}/`)]).toEqual([target, "address"]);
  }
  expect(web.dialled.length).toBe(targets.length);
  target = "http://2130706434/";
  expect(await taken(web, `http://page.example:${server.port}/`)).toBe("private");
});

Deno.test("a redirect is followed, each hop looked up anew, three times and no more", async () => {
  await using server = site((say, request) => {
    const step = Number(/^GET \/(\d+)/.exec(request)![1]);
    const locations = [`http://two.example:${server.port}/1`, "//three.example:PORT/2", "/3", "4"];
    return say(step < 4 ? redirect(locations[step]!.replace("PORT", `${server.port}`)) : html(PAGE));
  });
  const web = testWeb([server.port]);
  expect(await taken(web, `http://two.example:${server.port}/1`)).toMatchObject({
    text: PAGE,
    at: `http://three.example:${server.port}/4`,
  });
  expect(web.resolved).toEqual(["two.example", "three.example", "three.example", "three.example"]);
  expect(await taken(web, `http://one.example:${server.port}/0`)).toBe("redirects");
  expect(server.requests.length).toBe(2 * (REDIRECTS_MAX + 1));
});

Deno.test("a redirect ends somewhere when it leads to itself", async () => {
  await using server = site((say) => say(redirect("/again")));
  const web = testWeb([server.port]);
  expect(await taken(web, `http://page.example:${server.port}/`)).toBe("redirects");
  expect(server.requests.length).toBe(REDIRECTS_MAX + 1);
});

Deno.test("a redirect's path arrives as it was meant when it is written in UTF-8", async () => {
  await using server = site((say, request) =>
    say(request.startsWith("GET / ") ? redirect("/café") : html(PAGE))
  );
  const web = testWeb([server.port]);
  expect(await taken(web, `http://page.example:${server.port}/`)).toMatchObject({ text: PAGE });
  expect(server.requests[1]).toContain("GET /caf%C3%A9 ");
});

Deno.test("a name is looked up once a hop: one that says 127.0.0.2 the second time never gets us there", async () => {
  await using decoy = site((say) => say(html("<title>secret</title>")), { hostname: "127.0.0.2" });
  await using server = site((say) => say(html(PAGE)), { port: decoy.port });
  let looks = 0;
  const web = testWeb([server.port], {
    hosts: { "rebind.example": () => looks++ === 0 ? ["127.0.0.1"] : ["127.0.0.2"] },
  });
  const address = `http://rebind.example:${server.port}/`;
  expect(await taken(web, address)).toMatchObject({ text: PAGE });
  expect(looks).toBe(1);
  expect(await taken(web, address)).toBe("private");
  expect([web.dialled, decoy.requests]).toEqual([[`127.0.0.1:${server.port}`], []]);
});

Deno.test("a name that turns private between two hops is not asked again", async () => {
  await using decoy = site((say) => say(html("<title>secret</title>")), { hostname: "127.0.0.2" });
  await using server = site((say) => say(redirect("/next")), { port: decoy.port });
  let looks = 0;
  const web = testWeb([server.port], {
    hosts: { "rebind.example": () => looks++ === 0 ? ["127.0.0.1"] : ["127.0.0.2"] },
  });
  expect(await taken(web, `http://rebind.example:${server.port}/`)).toBe("private");
  expect([server.requests.length, decoy.requests.length]).toEqual([1, 0]);
});

Deno.test("the next address is tried when nobody answers at the first, and none when there is no name", async () => {
  await using server = site((say) => say(html(PAGE)), { hostname: "::1" });
  const alsoPublic = new Set(["127.0.0.1", "::1"]);
  const hosts = { "both.example": ["::1", "127.0.0.1"], "none.example": [] };
  const web = testWeb([server.port], { alsoPublic, hosts });
  expect(await taken(web, `http://both.example:${server.port}/`)).toMatchObject({ text: PAGE });
  expect(web.dialled).toEqual([`127.0.0.1:${server.port}`, `::1:${server.port}`]);
  expect(await taken(web, `http://[::1]:${server.port}/`)).toMatchObject({ text: PAGE });
  expect(server.requests[1]).toContain(`host: [::1]:${server.port}`);
  expect(await taken(web, "http://none.example/")).toBe("unreachable");
});

Deno.test("a name in another script, or with its dot, is asked for as DNS knows it", async () => {
  await using server = site((say) => say(html(PAGE)));
  const web = testWeb([server.port]);
  for (const name of ["bücher.example", "BÜCHER.example.", "xn--bcher-kva.example"]) {
    expect(await taken(web, `http://${name}:${server.port}/`)).toMatchObject({ text: PAGE });
  }
  expect(new Set(web.resolved)).toEqual(new Set(["xn--bcher-kva.example"]));
  for (const request of server.requests) {
    expect(request).toContain(`host: xn--bcher-kva.example:${server.port}`);
  }
});

Deno.test("names are looked up in DNS, and what only this machine knows is of no use", async () => {
  const web = testWeb([], { resolve: resolveByDns, alsoPublic: new Set() });
  // Neither leaves the machine (RFC 6761).
  expect(await taken(web, "http://page.localhost/")).toBe("private");
  expect(await taken(web, "http://page.invalid/")).toBe("unreachable");
  expect(web.dialled).toEqual([]);
});

/** A server with the certificate of `safe.example`. */
function secureSite() {
  const hosts: string[] = [];
  const server = Deno.serve(
    {
      port: 0,
      hostname: "127.0.0.1",
      cert: CERTIFICATE,
      key: KEY,
      onListen() {},
      onError: () => new Response(),
    },
    (request) => {
      hosts.push(request.headers.get("host") ?? "");
      return new Response(PAGE, { headers: { "content-type": "text/html" } });
    },
  );
  return { port: server.addr.port, hosts, [Symbol.asyncDispose]: () => server.shutdown() };
}

Deno.test("a page comes over TLS when the certificate is its name's, the address notwithstanding", async () => {
  await using server = secureSite();
  const web = testWeb([server.port], { ca: [AUTHORITY] });
  expect(await taken(web, `https://safe.example.:${server.port}/`)).toMatchObject({ text: PAGE });
  expect(server.hosts).toEqual([`safe.example:${server.port}`]);
});

Deno.test("a page is not taken when the certificate is another name's, or nobody vouches for it", async () => {
  await using server = secureSite();
  const trusting = testWeb([server.port], { ca: [AUTHORITY] });
  expect(await taken(trusting, `https://other.example:${server.port}/`)).toBe("unreachable");
  expect(await taken(trusting, `https://127.0.0.1:${server.port}/`)).toBe("unreachable");
  expect(await taken(testWeb([server.port]), `https://safe.example:${server.port}/`)).toBe("unreachable");
  expect(server.hosts).toEqual([]);
});

Deno.test("neither a proxy nor a lax setting of the environment changes whom we ask", async () => {
  await using server = secureSite();
  await using plain = site((say) => say(html(PAGE)));
  await using proxy = site((say) => say(html("<title>proxied</title>")));
  const proxied = `http://127.0.0.1:${proxy.port}`;
  const env: Record<string, string> = {
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
    NODE_USE_ENV_PROXY: "1",
    NO_COLOR: "1",
  };
  // Deno asks whether there is a newer one, by the proxy.
  env.DENO_NO_UPDATE_CHECK = "1";
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]) {
    env[name] = env[name.toLowerCase()] = proxied;
  }
  const script = new URL("./ask_in_process.ts", import.meta.url).pathname;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", script, `${server.port}`, `${plain.port}`],
    env,
  }).output();
  const text = new TextDecoder().decode(stdout);
  expect([text.trim().split("\n"), text === "" ? new TextDecoder().decode(stderr) : ""]).toEqual([
    ["unreachable", PAGE, PAGE],
    "",
  ]);
  expect(proxy.requests).toEqual([]);
  expect(plain.requests[0]).toMatch(/^GET \/ HTTP\/1\.1\r\n(?![\s\S]*proxy)/);
});
