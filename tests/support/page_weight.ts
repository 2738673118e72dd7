/** How much JavaScript a page makes a browser load, compressed as it is sent: at first, and when somebody asks for more. */
import { Buffer } from "node:buffer";
import { get } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { Place } from "./visitor.ts";

interface Answer {
  text: string;
  /** Bytes of the body on its way. */
  bytes: number;
  encoding: string;
}

export interface ScriptFile {
  path: string;
  bytes: number;
  encoding: string;
}

export interface PageWeight {
  /** What the page loads by itself: the modules it names, and all that those import. The heaviest file first. */
  first: ScriptFile[];
  /** What those load when it is needed, by `import()`, and what that brings along. */
  later: ScriptFile[];
  /** Bytes of the scripts within the page. */
  inline: number;
  /** Bytes of the page itself. */
  html: number;
}

export const bytesOf = (files: readonly ScriptFile[]) => files.reduce((sum, { bytes }) => sum + bytes, 0);

export async function weighPage(place: Place, path: string, cookie: string): Promise<PageWeight> {
  const page = await fetchRaw(place, path, { cookie });
  const inline = [...page.text.matchAll(/<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>([\s\S]*?)<\/script>/g)]
    .map((match) => match[1]!);
  const named = [...page.text.matchAll(/<(?:script|link)[^>]*?(?:src|href)="([^"]+\.m?js)"/g)].map((match) =>
    match[1]!
  );
  const base = new URL(path, place.origin);
  const first = await load(
    place,
    [...named, ...inline.flatMap(importsOf)].map((to) => new URL(to, base).href),
  );
  const asked = [...first].flatMap(([address, { text }]) =>
    laterImportsOf(text).map((to) => new URL(to, address).href)
  );
  const later = await load(place, asked, true);
  for (const address of first.keys()) later.delete(address);
  return {
    first: listed(first),
    later: listed(later),
    inline: Buffer.byteLength(inline.join("")),
    html: page.bytes,
  };
}

function listed(files: Map<string, Answer>): ScriptFile[] {
  return [...files].map(([address, { bytes, encoding }]) => ({
    path: new URL(address).pathname,
    bytes,
    encoding,
  })).sort((a, b) => b.bytes - a.bytes);
}

/** Loads modules and all that they import; `all`: also what those load later. */
async function load(place: Place, waiting: string[], all = false): Promise<Map<string, Answer>> {
  const files = new Map<string, Answer>();
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    if (files.has(address)) continue;
    const file = await fetchRaw(place, new URL(address).pathname, {});
    files.set(address, file);
    const wanted = all ? [...importsOf(file.text), ...laterImportsOf(file.text)] : importsOf(file.text);
    for (const imported of wanted) waiting.push(new URL(imported, address).href);
  }
  return files;
}

const ours = (specifiers: string[]) => specifiers.filter((specifier) => /^[./]/.test(specifier));

/** Specifiers of `import … from "x"`, `import "x"` and `export … from "x"`. */
function importsOf(script: string): string[] {
  return ours(
    [...script.matchAll(/(?:\bfrom|\bimport)\s*["']([^"']+\.m?js)["']/g)].map((match) => match[1]!),
  );
}

/** Specifiers of `import("x")`, which may never run. */
function laterImportsOf(script: string): string[] {
  return ours([...script.matchAll(/\bimport\(\s*["'`]([^"'`]+\.m?js)["'`]/g)].map((match) => match[1]!));
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
