import { expect } from "expect";
import { isPublicAddress } from "../../lib/adapters/web/addresses.ts";
import { webUrl } from "../../lib/adapters/web/urls.ts";
import { PRIVATE } from "./private_addresses.ts";

Deno.test("an address is not public when it is of any net that IANA keeps for a special purpose", () => {
  const taken = Object.entries(PRIVATE).filter(([address]) => isPublicAddress(address));
  expect(taken).toEqual([]);
});

Deno.test("an address is public when machines of the internet have it", () => {
  const open = [
    ...["1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.215.14", "100.63.255.255", "100.128.0.0"],
    ...["126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0"],
    ...["192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255"],
    ...["2606:4700:4700::1111", "2a00:1450:4001:830::200e", "2001:4860:4860::8888", "2400:cb00::1"],
    // A public IPv4 address as networks without IPv4 reach it.
    "64:ff9b::808:808",
  ];
  expect(open.filter((address) => !isPublicAddress(address))).toEqual([]);
});

Deno.test("an address is not public when it is none, or one that only some programs read", () => {
  for (
    const text of [
      "",
      "localhost",
      "8.8",
      "0x8.8.8.8",
      "010.8.8.8",
      "134744072",
      "8.8.8.8 ",
      "[2606:4700::1]",
    ]
  ) {
    expect([text, isPublicAddress(text)]).toEqual([text, false]);
  }
});

Deno.test("an address becomes a plain one when it is a number in disguise", () => {
  const disguised = [
    ...[
      "http://2130706433/",
      "http://0x7f000001/",
      "http://017700000001/",
      "http://0x7f.1/",
      "http://127.1/",
    ],
    ...["http://0177.0.0.1/", "http://127.0.0.1./", "http://１２７.０.０.１/", "http://①②⑦.0.0.1/"],
    "http://127。0。0。1/",
  ];
  for (const text of disguised) expect([text, webUrl(text)?.hostname]).toEqual([text, "127.0.0.1"]);
  expect(webUrl("http://[0:0:0:0:0:ffff:127.0.0.1]/")?.hostname).toBe("[::ffff:7f00:1]");
});

Deno.test("a page has one address, however it is written", () => {
  for (
    const text of [
      "https://Example.ORG",
      "https://example.org:443/#top",
      "https://example.org./",
      " https://example.org/ ",
    ]
  ) {
    expect(webUrl(text)?.href).toBe("https://example.org/");
  }
  expect(webUrl("https://bücher.example/ü?q=ü")?.href).toBe("https://xn--bcher-kva.example/%C3%BC?q=%C3%BC");
  expect(webUrl("//other.example/x", { base: new URL("https://example.org/") })?.href).toBe(
    "https://other.example/x",
  );
});

Deno.test("an address is not asked for when it is not a page of the web", () => {
  const refused = [
    ...[
      "ftp://example.org/",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "data:text/html,x",
      "blob:https://a.example/1",
    ],
    ...[
      "gopher://example.org/",
      "ws://example.org/",
      "https://user@example.org/",
      "https://user:pass@example.org/",
    ],
    ...[
      "https://:pass@example.org/",
      "http://example.org:22/",
      "http://example.org:8080/",
      "http://example.org:0/",
    ],
    ...[
      "http://localhost/",
      "http://intranet/",
      "http://localhost./",
      "http://example.org../",
      "http://.example.org/",
    ],
    ...[
      "http://a..example/",
      "http:///",
      "https://",
      "example.org",
      "",
      "http://exa mple.org/",
      "http://[fe80::1%25eth0]/",
    ],
    ...["http://256.1.1.1/", "http://1.2.3.4.5/", `https://example.org/${"x".repeat(2_000)}`],
    ...[
      `https://example.org/${"ü".repeat(500)}`,
      `http://${"a.".repeat(127)}example/`,
      "http://xn--a.example/",
    ],
  ];
  expect(refused.filter((text) => webUrl(text) !== null)).toEqual([]);
});
