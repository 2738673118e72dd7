/** Requests that no browser sends, to every route, as the bytes of one connection. */
import { routes } from "../../fresh.gen.ts";
import type { Random } from "./random.ts";

export interface HostileRequest {
  name: string;
  bytes: Uint8Array[];
}

/** Who sends it: a guest whose credentials are good, so that it gets past the door; and where to. */
export interface Sender {
  host: string;
  origin: string;
  accessToken: string;
  address: string;
}

const METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "BREW",
  "get",
];
const TYPES = [
  ...["application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml", "x", ""],
  ...["multipart/form-data", "multipart/form-data; boundary=b", "application/json; charset=utf-7"],
];
const PARAMETERS = [
  ...[
    "1",
    "0",
    "-1",
    "9".repeat(19),
    "9".repeat(400),
    "%00",
    "%ff%fe",
    "%c0%ae%c0%ae",
    "..%2f..%2fetc%2fpasswd",
  ],
  ...[
    "%2e%2e",
    "'%20or%201=1--",
    "%ed%a0%80",
    "a%0d%0aset-cookie:%20x=1",
    "__proto__",
    "constructor",
    "general",
  ],
  ...["%F0%9F%A6%8A", "ghost-AAAAAAAAAAAAAAAAAAAAAA", "%", "%zz", "%25%30%30", ";a=b", "1-1", "NaN"],
];
const QUERIES = [
  ...["", "?", "?q=%00", "?q=%ff", "?before=9999999999999999999", "?limit=-1&limit=1e9", "?__proto__[x]=1"],
  ...[
    `?${"a=1&".repeat(2_000)}`,
    `?q=${"x".repeat(20_000)}`,
    "?q[]=1&q[$ne]=2",
    "?page=NaN",
    "?cursor=../..",
  ],
];
const BODIES = [
  ...[
    "",
    "{",
    "[]",
    "null",
    "1",
    '"x"',
    "{}",
    '{"__proto__":{"x":1}}',
    "[".repeat(30_000),
    '{"a":'.repeat(9_000),
  ],
  ...[
    `{"roomName":${"9".repeat(9_000)}}`,
    "a=1&a=2&__proto__=x",
    "\0\0\0\0",
    "x".repeat(70_000),
    "%",
    "a=%ff",
  ],
  ...[
    '{"email":["a"],"password":{"$ne":null},"nickname":true}',
    '{"nickname":"\\ud800","ageCategory":"_18PLUS"}',
  ],
  ...[
    "--b\r\ncontent-disposition: form-data; name=x\r\n\r\n",
    "--b--",
    '--b\r\n\r\n\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="../x"\r\n\r\nx\r\n--b--\r\n',
  ],
];
const HEADERS = [
  ...[
    "origin: https://evil.example",
    "origin: null",
    "origin: x\r\norigin: y",
    "host: evil.example",
    "cookie: =",
  ],
  ...[
    `cookie: ${"a=b; ".repeat(1_500)}`,
    "cookie: __Host-parley-access=x.y.z",
    "authorization: Bearer",
    "range: bytes=0-1,2-3,-9",
  ],
  ...[
    "authorization: Bearer eyJhbGciOiJub25lIn0.e30.",
    "x-forwarded-host: evil.example",
    "x-forwarded-proto: javascript",
  ],
  ...[
    "x-forwarded-for: ,,,",
    `x-forwarded-for: ${"1.2.3.4, ".repeat(500)}`,
    "x-forwarded-for: <script>",
    "expect: 100-continue",
  ],
  ...[
    "x-http-method-override: DELETE",
    "accept-encoding: gzip;q=NaN, br;q=-1, *;q=9",
    "accept-language: *;q=x,-,ü",
  ],
  ...[
    "accept: */*;q=\\",
    'if-none-match: "',
    "if-modified-since: never",
    "connection: close, upgrade",
    "upgrade: h2c",
  ],
  ...[
    "content-encoding: gzip",
    "te: trailers, deflate",
    "x-csrf-token: .",
    "user-agent: " + "x".repeat(8_000),
  ],
];

/** Ways to say a request that a server must refuse, or read as everybody else reads it (RFC 9112). */
const WHOLE: [name: string, text: (host: string, path: string) => string][] = [
  [
    "length and chunks",
    (h, p) =>
      `POST ${p} HTTP/1.1\r\nhost: ${h}\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nX`,
  ],
  [
    "two lengths",
    (h, p) => `POST ${p} HTTP/1.1\r\nhost: ${h}\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab`,
  ],
  ["a length below zero", (h, p) => `POST ${p} HTTP/1.1\r\nhost: ${h}\r\ncontent-length: -1\r\n\r\n`],
  [
    "a length beyond numbers",
    (h, p) => `POST ${p} HTTP/1.1\r\nhost: ${h}\r\ncontent-length: ${"9".repeat(40)}\r\n\r\nx`,
  ],
  [
    "chunks named oddly",
    (h, p) => `POST ${p} HTTP/1.1\r\nhost: ${h}\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    "chunks twice",
    (h, p) => `POST ${p} HTTP/1.1\r\nhost: ${h}\r\ntransfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    "a chunk of no size",
    (h, p) => `POST ${p} HTTP/1.1\r\nhost: ${h}\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nx\r\n`,
  ],
  [
    "a chunk too large",
    (h, p) => `POST ${p} HTTP/1.1\r\nhost: ${h}\r\ntransfer-encoding: chunked\r\n\r\n${"f".repeat(17)}\r\nx`,
  ],
  ["a folded header", (h, p) => `GET ${p} HTTP/1.1\r\nhost: ${h}\r\nx-a: b\r\n c: d\r\n\r\n`],
  ["a space before the colon", (h, p) => `GET ${p} HTTP/1.1\r\nhost : ${h}\r\n\r\n`],
  ["no host", (_, p) => `GET ${p} HTTP/1.1\r\n\r\n`],
  ["two hosts", (h, p) => `GET ${p} HTTP/1.1\r\nhost: ${h}\r\nhost: evil.example\r\n\r\n`],
  ["a whole address", (_, p) => `GET http://evil.example${p} HTTP/1.1\r\nhost: evil.example\r\n\r\n`],
  ["an address of another scheme", (h) => `GET file:///etc/passwd HTTP/1.1\r\nhost: ${h}\r\n\r\n`],
  ["a host that is none", (_, p) => `GET ${p} HTTP/1.1\r\nhost: a b<>\\@:99999\r\n\r\n`],
  ["a path of two slashes", (h, p) => `GET /${p} HTTP/1.1\r\nhost: ${h}\r\n\r\n`],
  ["a path without a slash", (h) => `GET x HTTP/1.1\r\nhost: ${h}\r\n\r\n`],
  ["a path upwards", (h) => `GET /../../../../etc/passwd HTTP/1.1\r\nhost: ${h}\r\n\r\n`],
  ["a path of 60 KB", (h, p) => `GET ${p}${"/x".repeat(30_000)} HTTP/1.1\r\nhost: ${h}\r\n\r\n`],
  ["raw bytes in the path", (h, p) => `GET ${p}/\u00ff\u0001\ud83e\udd8a HTTP/1.1\r\nhost: ${h}\r\n\r\n`],
  ["a header of 500 KB", (h, p) => `GET ${p} HTTP/1.1\r\nhost: ${h}\r\nx: ${"x".repeat(500_000)}\r\n\r\n`],
  ["2,000 headers", (h, p) => `GET ${p} HTTP/1.1\r\nhost: ${h}\r\n${"x: y\r\n".repeat(2_000)}\r\n`],
  ["a zero byte in a header", (h, p) => `GET ${p} HTTP/1.1\r\nhost: ${h}\r\nx: a\0b\r\n\r\n`],
  ["bare line feeds", (h, p) => `GET ${p} HTTP/1.1\nhost: ${h}\n\n`],
  ["bare carriage returns", (h, p) => `GET ${p} HTTP/1.1\rhost: ${h}\r\r`],
  ["HTTP/0.9", (_, p) => `GET ${p}\r\n`],
  ["HTTP/9.9", (h, p) => `GET ${p} HTTP/9.9\r\nhost: ${h}\r\n\r\n`],
  ["HTTP/2 in the clear", () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0\0\0\xff\xff\0\0\0\0"],
  ["twenty requests at once", (h, p) => `GET ${p} HTTP/1.1\r\nhost: ${h}\r\n\r\n`.repeat(20)],
  [
    "half a request",
    (h, p) =>
      `POST ${p} HTTP/1.1\r\nhost: ${h}\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"a`,
  ],
  ["half a head", (h, p) => `GET ${p} HTTP/1.1\r\nhost: ${h}\r\nx-`],
  [
    "an upgrade to nothing",
    (h) => `GET /ws HTTP/1.1\r\nhost: ${h}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`,
  ],
  [
    "an upgrade by POST",
    (h) =>
      `POST /ws HTTP/1.1\r\nhost: ${h}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: x\r\nsec-websocket-version: 13\r\ncontent-length: 0\r\n\r\n`,
  ],
  ["a TLS hello", () => "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03"],
];

/** A seeded one: half of them well-formed HTTP with hostile parts, half no HTTP that anybody should speak. */
export function hostileRequest(random: Random, sender: Sender): HostileRequest {
  const route = random.pick(routes);
  const path = route.pattern.replaceAll(/:\w+\*?/g, () => random.pick(PARAMETERS));
  if (random.percent(30)) {
    const [name, text] = random.pick(WHOLE);
    return { name, bytes: [new TextEncoder().encode(text(sender.host, path))] };
  }
  // A third of all methods are ones that the route answers.
  const method = random.percent(33) ? random.pick(Object.keys(route.methods)) : random.pick(METHODS);
  const body = random.percent(60) ? random.pick(BODIES) : "";
  const lines = [
    `${method} ${path}${random.percent(30) ? random.pick(QUERIES) : ""} HTTP/1.1`,
    ...(random.percent(95) ? [`host: ${sender.host}`] : []),
    ...(random.percent(70) ? [`authorization: Bearer ${sender.accessToken}`] : []),
    ...(random.percent(70) ? [`origin: ${sender.origin}`] : []),
    ...(body ? [`content-type: ${random.pick(TYPES)}`] : []),
    `content-length: ${new TextEncoder().encode(body).length}`,
    `x-forwarded-for: ${sender.address}`,
    ...(random.percent(50) ? [random.pick(HEADERS)] : []),
  ];
  return {
    name: `${method} ${route.pattern}`,
    bytes: [new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`), new TextEncoder().encode(body)],
  };
}
