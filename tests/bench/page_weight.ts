/** How much JavaScript a page makes a browser load, compressed as it is sent. */
import { Buffer } from "node:buffer";
import { get } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { Row, Section } from "./figures.ts";
import { guest, type Place } from "../support/visitor.ts";

interface Answer {
  text: string;
  /** Bytes of the body on its way. */
  bytes: number;
  encoding: string;
}

export async function benchPages(place: Place): Promise<Section> {
  const who = await guest(place);
  const weights = {
    "landing page": await weigh(place, "/", ""),
    "lounges": await weigh(place, "/lounges", ""),
    "room page": await weigh(place, "/lounges/general/en", who.cookieHeader()),
  };
  const rows = Object.entries(weights).map(([what, { total, files, inline, html }]): Row => ({
    what,
    parley: `${total.toLocaleString("en")} bytes`,
    note: `${files.length} files; and ${inline} bytes of inline script in the ${html} bytes of its HTML`,
  }));
  return { title: "JavaScript sent for a page, compressed", rows, raw: weights };
}

/** All modules that the page names, and what those import before they run. */
async function weigh(place: Place, path: string, cookie: string) {
  const page = await fetchRaw(place, path, { cookie });
  const inline = [...page.text.matchAll(/<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>([\s\S]*?)<\/script>/g)]
    .map((match) => match[1]!);
  const named = [...page.text.matchAll(/<(?:script|link)[^>]*?(?:src|href)="([^"]+\.m?js)"/g)].map((match) =>
    match[1]!
  );
  const base = new URL(path, place.origin);
  const waiting = [...named, ...inline.flatMap(importsOf)].map((address) => new URL(address, base).href);
  const files = new Map<string, Answer>();
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    if (files.has(address)) continue;
    const { pathname } = new URL(address);
    const file = await fetchRaw(place, pathname, {});
    files.set(address, file);
    for (const imported of importsOf(file.text)) waiting.push(new URL(imported, address).href);
  }
  return {
    total: [...files.values()].reduce((sum, { bytes }) => sum + bytes, 0),
    inline: Buffer.byteLength(inline.join("")),
    html: page.bytes,
    files: [...files].map(([address, { bytes, encoding }]) => ({
      path: new URL(address).pathname,
      bytes,
      encoding,
    })),
  };
}

/** Specifiers of `import … from "x"`, `import "x"` and `export … from "x"`; not of `import("x")`, which may never run. */
function importsOf(script: string): string[] {
  const found = script.matchAll(/(?:\bfrom|\bimport)\s*["']([^"']+\.m?js)["']/g);
  return [...found].map((match) => match[1]!).filter((specifier) => /^[./]/.test(specifier));
}

/** Asks as browsers do. `fetch` would hide how much was sent. */
function fetchRaw(place: Place, path: string, headers: Record<string, string>): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  get(place.origin + path, { headers: { ...headers, "accept-encoding": "br, gzip" } }, (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", reject).on("end", () => {
      if (response.statusCode !== 200) return reject(new Error(`${path} answered ${response.statusCode}`));
      const body = Buffer.concat(chunks);
      const encoding = response.headers["content-encoding"] ?? "identity";
      const plain = encoding === "br"
        ? brotliDecompressSync(body)
        : encoding === "gzip"
        ? gunzipSync(body)
        : body;
      resolve({ text: plain.toString(), bytes: body.length, encoding });
    });
  }).on("error", reject);
  return promise;
}
