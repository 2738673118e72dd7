/** Servers that mean us no good: how much is read of them, and how long they are listened to. */
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { expect } from "expect";
import { PAGE_MAX, readPage } from "../../lib/previews/page.ts";
import { before } from "../support/wait.ts";
import { type Answering, html, type Say, site, taken, testWeb } from "./servers.ts";

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;
/** Headers and framing, and one piece as it comes from the system. */
const BESIDE = 48 * KILOBYTE + 64 * KILOBYTE;
/** What the system's buffers on both sides take in of what nobody reads. */
const BUFFERED = 8 * MEGABYTE;

/** Says the same for ever, or until nobody listens. */
async function flood(say: Say, piece: string, times = Infinity): Promise<void> {
  const bytes = new TextEncoder().encode(piece.repeat(Math.ceil(16 * KILOBYTE / piece.length)));
  for (let time = 0; time < times; time++) await say(bytes);
}

interface Visit {
  outcome: Awaited<ReturnType<typeof taken>>;
  received: number;
  wrote: number;
}

/** Asks such a server, and waits until it knows that we have gone. */
async function visit(
  answer: Answering,
  ask: { patience?: number; connectWithin?: number; bytesMax?: number; types?: string[] } = {},
): Promise<Visit> {
  await using server = site(answer);
  const { connectWithin, ...rest } = ask;
  const web = testWeb([server.port], { connectWithin });
  const outcome = await taken(web, `http://page.example:${server.port}/`, { bytesMax: PAGE_MAX, ...rest });
  await before(server.deserted(), "the end of the connection");
  return { outcome, received: web.received(), wrote: server.wrote() };
}

Deno.test("a body is read no further than the cap when it never ends, with or without chunks", async () => {
  const plain = await visit(async (say) => {
    await say(html("<title>Endless</title>"));
    await flood(say, "<p>for ever</p>");
  });
  const chunked = await visit(async (say) => {
    await say(html("", "Transfer-Encoding: chunked\r\n"));
    await flood(say, `10\r\n${"x".repeat(16)}\r\n`);
  });
  for (const { outcome, received, wrote } of [plain, chunked]) {
    expect(outcome).toBe("too-large");
    expect(received).toBeLessThan(PAGE_MAX * 1.5 + BESIDE);
    expect(wrote).toBeLessThan(BUFFERED);
  }
});

Deno.test("a body of a gigabyte is not fetched when it says so, nor when it does not", async () => {
  for (const length of [`Content-Length: ${1024 * MEGABYTE}\r\n`, ""]) {
    const { outcome, received, wrote } = await visit(async (say) => {
      await say(html("", length));
      await flood(say, "x", 1024 * MEGABYTE / (16 * KILOBYTE));
    });
    expect(outcome).toBe("too-large");
    expect(received).toBeLessThan(PAGE_MAX + BESIDE);
    expect(wrote).toBeLessThan(BUFFERED);
  }
});

Deno.test("a bomb is unfolded no further than the cap, however it is packed", async () => {
  const zeros = new Uint8Array(100 * MEGABYTE);
  const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  for (
    const [encoding, bomb] of [["gzip", gzipSync(zeros)], ["br", brotliCompressSync(zeros, quick)]] as const
  ) {
    let unpacked = 0;
    await using server = site(async (say) => {
      await say(html("", `Content-Encoding: ${encoding}\r\n`));
      await say(new Uint8Array(bomb));
    });
    const web = testWeb([server.port]);
    const until = AbortSignal.any([]);
    const url = web.web.urlOf(`http://page.example:${server.port}/`)!;
    const asked = web.web.get(url, { types: ["text/html"], bytesMax: PAGE_MAX, until }, async ({ body }) => {
      for await (const { length } of body) unpacked += length;
    });
    await expect(asked).rejects.toMatchObject({ reason: "too-large" });
    expect(unpacked).toBeLessThanOrEqual(PAGE_MAX);
    expect(web.received()).toBeLessThan(bomb.length + BESIDE);
  }
});

Deno.test("a body is taken when it is packed in one way, and not when one packing hides another", async () => {
  const page = "<title>Grüße</title>";
  const packed = new Uint8Array(gzipSync(page));
  const sent = (encoding: string, bytes: Uint8Array<ArrayBuffer>) => async (say: Say) => {
    await say(html("", `Content-Encoding: ${encoding}\r\nContent-Length: ${bytes.length}\r\n`));
    await say(bytes);
  };
  expect((await visit(sent("gzip", packed))).outcome).toMatchObject({ text: page });
  expect((await visit(sent("BR", new Uint8Array(brotliCompressSync(page))))).outcome).toMatchObject({
    text: page,
  });
  for (const encoding of ["gzip, gzip", "deflate", "zstd", "compress"]) {
    expect((await visit(sent(encoding, packed))).outcome).toBe("encoding");
  }
  expect((await visit(sent("gzip", packed.subarray(0, 12)))).outcome).toBe("broken");
  expect((await visit(sent("gzip", new TextEncoder().encode(page)))).outcome).toBe("broken");
});

Deno.test("a server is listened to no longer than patience lasts when it drips, or says nothing", async () => {
  /** Then a byte now and then, which keeps the connection from seeming idle. */
  const drip = (prefix: string, byte = "x"): Answering => async (say) => {
    await say(prefix);
    while (true) {
      await say(byte);
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  const bodies: Answering[] = [
    drip(html("<title>")),
    drip(html("", "Content-Length: 900\r\n")),
    drip(html("", "Transfer-Encoding: chunked\r\n"), "0"),
    drip("HTTP/1.1 200 OK\r\nA: "),
    drip("HTTP/1.1 200 "),
    (_say, _request, gone) => gone,
  ];
  for (const answer of bodies) {
    const { outcome, received } = await visit(answer, { patience: 200 });
    expect(outcome).toBe("too-slow");
    expect(received).toBeLessThan(KILOBYTE);
  }
});

Deno.test("headers are read no further than 16 KB when they are huge, many or never end", async () => {
  const floods: Answering[] = [
    (say) => say(html("<title>x</title>", `X-Large: ${"x".repeat(64 * KILOBYTE)}\r\n`)),
    async (say) => {
      await say("HTTP/1.1 200 OK\r\nX-Endless: ");
      await flood(say, "x");
    },
    async (say) => {
      await say("HTTP/1.1 200 OK\r\n");
      await flood(say, "A: b\r\n");
    },
    (say) => flood(say, "HTTP/1.1 200 "),
  ];
  for (const answer of floods) {
    const { outcome, received, wrote } = await visit(answer);
    expect(outcome).toBe("broken");
    expect(received).toBeLessThanOrEqual(BESIDE);
    expect(wrote).toBeLessThan(BUFFERED);
  }
});

Deno.test("what stands beside the body has an end too: chunk extensions, trailers and hints", async () => {
  const chunked = html("", "Transfer-Encoding: chunked\r\n");
  const extensions = await visit(async (say) => {
    await say(`${chunked}5;`);
    await flood(say, "x");
  });
  const trailers = await visit(async (say) => {
    await say(`${chunked}0\r\n`);
    await flood(say, "A: b\r\n");
  });
  const hints = await visit((say) => flood(say, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"));
  const upgrade = await visit(async (say) => {
    await say("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
    await flood(say, "x");
  });
  expect([extensions, trailers, hints, upgrade].map(({ outcome }) => outcome)).toEqual([
    "too-large",
    "broken",
    "broken",
    "broken",
  ]);
  for (const { received, wrote } of [extensions, trailers, hints, upgrade]) {
    expect(received).toBeLessThan(PAGE_MAX + BESIDE);
    expect(wrote).toBeLessThan(BUFFERED);
  }
});

Deno.test("a body is not read when it is of another type, or of none, or not the answer", async () => {
  for (
    const type of ["image/png", "application/pdf", "text/plain", "application/octet-stream", "text/htmlx", ""]
  ) {
    const { outcome, received, wrote } = await visit(async (say) => {
      await say(html("", "", type));
      await flood(say, "x");
    });
    expect([type, outcome]).toEqual([type, "type"]);
    expect(received).toBeLessThanOrEqual(BESIDE + 64 * KILOBYTE);
    expect(wrote).toBeLessThan(BUFFERED);
  }
  for (
    const status of [
      "204 No Content",
      "206 Partial Content",
      "304 Not Modified",
      "401 Who",
      "404 No",
      "500 Oh",
    ]
  ) {
    const { outcome } = await visit((say) => say(`HTTP/1.1 ${status}\r\nContent-Type: text/html\r\n\r\n`));
    expect([status, outcome]).toEqual([status, "status"]);
  }
  expect((await visit((say) => say(html("<p>", "", 'TEXT/HTML ; Charset="utf-8"')))).outcome).toMatchObject({
    text: "<p>",
  });
});

Deno.test("nothing is taken from a server that does not speak HTTP, or stops in the middle", async () => {
  expect((await visit((say) => say("SSH-2.0-OpenSSH_9.2\r\n"))).outcome).toBe("broken");
  expect((await visit((say) => flood(say, "+PONG\r\n"))).outcome).toBe("broken");
  expect((await visit(() => {})).outcome).toBe("broken");
  expect((await visit((say) => say("HTTP/1.1 200 OK\r\nContent-Ty"))).outcome).toBe("broken");
  expect((await visit((say) => say(html("<title>Half", "Content-Length: 900\r\n")))).outcome).toBe("broken");
});

Deno.test("a server that takes the connection and no more is left when the time to connect is over", async () => {
  // Nobody accepts: the system shakes hands, and TLS waits for an answer.
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const web = testWeb([port], { connectWithin: 100 });
  expect(await taken(web, `https://page.example:${port}/`)).toBe("unreachable");
});

Deno.test("a name that DNS never answers for does not outlast patience", async () => {
  const web = testWeb([], { resolve: () => new Promise(() => {}) });
  expect(await taken(web, "http://slow.example/", { patience: 50 })).toBe("too-slow");
});

Deno.test("a page is read no further than its head", async () => {
  await using server = site(async (say) => {
    await say(html(`<html><head><title>Short</title></head><body>${"x".repeat(2 * KILOBYTE)}`));
    await flood(say, "<p>for ever</p>");
  });
  const web = testWeb([server.port]);
  const url = web.web.urlOf(`http://page.example:${server.port}/`)!;
  const until = AbortSignal.any([]);
  const facts = await web.web.get(url, { types: ["text/html"], bytesMax: PAGE_MAX, until }, readPage);
  expect(facts).toEqual({ title: "Short", type: "website" });
  await before(server.deserted(), "the end of the connection");
  expect(web.received()).toBeLessThan(256 * KILOBYTE);
});
