import { isIP } from "node:net";
import { isPublicAddress } from "./addresses.ts";
import { bodyOf, ENCODINGS } from "./body.ts";
import { type Exchange, exchange as exchangeWith } from "./request.ts";
import { type Resolve, resolveByDns } from "./resolve.ts";
import { portOf, WEB_PORTS, webUrl } from "./urls.ts";
import { isWebRefusal, type Web, type WebAnswer, type WebAsk, WebRefusal } from "./web.ts";

export const REDIRECTS_MAX = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Milliseconds. */
const CONNECT_WITHIN = 2_000;

export interface WebOptions {
  /** Named to those we ask, so that they can tell whose visit it was. */
  publicUrl: string;
  resolve?: Resolve;
  /** The rest is for tests, whose servers stand on loopback and on ports of their own. */
  alsoPublic?: ReadonlySet<string>;
  ports?: readonly number[];
  ca?: string[];
  connectWithin?: number;
  watch?: WebWatch;
}

/** Sees what is done, for tests and figures. */
export interface WebWatch {
  dialled(address: string, port: number): void;
  received(bytes: number): void;
}

/** Asks by itself, never through a proxy: what stands between would look names up again. */
export function createWeb(options: WebOptions): Web {
  const { publicUrl, ports = WEB_PORTS, alsoPublic, watch, ca } = options;
  const resolve = options.resolve ?? resolveByDns;
  const userAgent = `Mozilla/5.0 (compatible; Parley/1.0; link previews; +${publicUrl})`;
  const isPublic = (address: string) => isPublicAddress(address) || (alsoPublic?.has(address) ?? false);
  const urlOf = (text: string, base?: URL) => webUrl(text, { base, ports });
  return { urlOf, get };

  async function get<Value>(
    from: URL,
    ask: WebAsk,
    read: (answer: WebAnswer) => Promise<Value>,
  ): Promise<Value> {
    let next = urlOf(from.href);
    for (let hop = 0; hop <= REDIRECTS_MAX; hop++) {
      if (!next) throw new WebRefusal("address");
      const url: URL = next;
      await ask.visiting?.(url);
      const exchange = await connect(url, ask);
      try {
        const { statusCode, headers: { location } } = exchange.response;
        if (!REDIRECTS.has(statusCode ?? 0) || location === undefined) {
          return await read(answerOf(url, exchange, ask));
        }
        next = urlOf(asUtf8(location), url);
      } finally {
        exchange.close();
      }
    }
    throw new WebRefusal("redirects");
  }

  /** The addresses are tried one after the other, each only after all were found to be public. */
  async function connect(url: URL, ask: WebAsk): Promise<Exchange> {
    const headers = { "user-agent": userAgent, accept: ask.types.join(", "), "accept-encoding": ENCODINGS };
    let failure = new WebRefusal("unreachable");
    for (const address of await addressesOf(url, ask.until)) {
      watch?.dialled(address, portOf(url));
      try {
        return await exchangeWith({
          url,
          address,
          headers,
          ca,
          bodyMax: ask.bytesMax,
          connectWithin: options.connectWithin ?? CONNECT_WITHIN,
          until: ask.until,
          received: watch?.received,
        });
      } catch (error) {
        if (!isWebRefusal(error) || error.reason !== "unreachable") throw error;
        failure = error;
      }
    }
    throw failure;
  }

  /**
   * One address a family, IPv4 first. When any of them is not public none is asked: the name may be made to say
   * one thing to us and another to whoever connects.
   * @throws WebRefusal
   */
  async function addressesOf(url: URL, until: AbortSignal): Promise<string[]> {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const all = isIP(host) ? [host] : await abortable(resolve(host, until), until);
    if (all.length === 0) throw new WebRefusal("unreachable");
    if (!all.every(isPublic)) throw new WebRefusal("private");
    return [4, 6].map((family) => all.find((one) => isIP(one) === family)).filter((one) => one !== undefined);
  }
}

/** Headers are read byte by byte; addresses in them are UTF-8 when they are not plain ASCII. */
function asUtf8(header: string): string {
  return new TextDecoder().decode(Uint8Array.from(header, (character) => character.charCodeAt(0)));
}

/** @throws WebRefusal */
function answerOf(url: URL, exchange: Exchange, { types, bytesMax }: WebAsk): WebAnswer {
  const { response } = exchange;
  if (response.statusCode !== 200) throw new WebRefusal("status");
  const [essence = "", ...parameters] = (response.headers["content-type"] ?? "").split(";");
  const type = essence.trim().toLowerCase();
  if (!types.includes(type)) throw new WebRefusal("type");
  const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(one)?.[1]).find(
    Boolean,
  );
  const length = Number(response.headers["content-length"] ?? NaN);
  return {
    url,
    type,
    ...(charset && { charset }),
    ...(Number.isSafeInteger(length) && { length }),
    body: bodyOf(exchange, bytesMax),
  };
}

/** @throws WebRefusal `too-slow`, `unreachable` */
async function abortable<Value>(promise: Promise<Value>, until: AbortSignal): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const give = () => reject(new WebRefusal("too-slow"));
  until.addEventListener("abort", give);
  if (until.aborted) give();
  try {
    return await Promise.race([promise, aborted]);
  } catch (cause) {
    throw isWebRefusal(cause) ? cause : new WebRefusal("unreachable", { cause });
  } finally {
    until.removeEventListener("abort", give);
  }
}
