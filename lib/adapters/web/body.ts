import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import type { Exchange } from "./request.ts";
import { isWebRefusal, WebRefusal } from "./web.ts";

/** What we can unpack, as `Accept-Encoding` says it. */
export const ENCODINGS = "gzip, br";

/**
 * The unpacked body, up to so many bytes. Unpacking waits for whoever reads, so what a few bytes would unfold to
 * is never held.
 * @throws WebRefusal `encoding` at once
 */
export function bodyOf(exchange: Exchange, bytesMax: number): AsyncIterable<Uint8Array> {
  return bounded(unpack(exchange.response), bytesMax, exchange);
}

/** @throws WebRefusal while it is read */
async function* bounded(body: Readable, bytesMax: number, { refusal }: Exchange): AsyncGenerator<Uint8Array> {
  let total = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      total += chunk.length;
      if (total > bytesMax) throw new WebRefusal("too-large");
      yield chunk;
    }
  } catch (cause) {
    throw isWebRefusal(cause) ? cause : refusal() ?? new WebRefusal("broken", { cause });
  }
  const ended = refusal();
  if (ended) throw ended;
}

function unpack(response: IncomingMessage): Readable {
  switch ((response.headers["content-encoding"] ?? "identity").trim().toLowerCase()) {
    case "":
    case "identity":
      return response;
    case "gzip":
    case "x-gzip":
      return pipeline(response, createGunzip(), () => {});
    case "br":
      return pipeline(response, createBrotliDecompress(), () => {});
    default:
      // Also one packing within another: bombs come so.
      throw new WebRefusal("encoding");
  }
}
