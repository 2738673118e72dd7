import { Agent as PlainAgent, type ClientRequest, type IncomingMessage, request as plainly } from "node:http";
import { Agent as SecureAgent, request as securely } from "node:https";
import { isIP, type Socket } from "node:net";
import { portOf } from "./urls.ts";
import { type RefusalReason, WebRefusal } from "./web.ts";

/** What a server may say before its body. */
const HEADERS_MAX = 16 * 1024;
/** Chunk sizes and their like, beside headers and body. */
const FRAMING_MAX = 32 * 1024;
/** An environment of its own, empty: with NODE_USE_ENV_PROXY a proxy would be asked, which looks the name up anew. */
const NO_PROXY = { keepAlive: false, proxyEnv: {} };

export interface Dial {
  url: URL;
  /** The very address that was found to be public: the name is not looked up again. */
  address: string;
  headers: Record<string, string>;
  bodyMax: number;
  /** Milliseconds until there is a connection, TLS included. */
  connectWithin: number;
  until: AbortSignal;
  /** Authorities to trust in place of the usual ones; tests have their own. */
  ca?: string[];
  /** Told of each piece that came in. */
  received?(bytes: number): void;
}

export interface Exchange {
  response: IncomingMessage;
  /** Why we ended it in the middle. A body without a length would otherwise seem to be whole. */
  refusal(): WebRefusal | undefined;
  /** Ends the connection. Safe to call again. */
  close(): void;
}

/**
 * One GET on a connection of its own to one address. The name goes into `Host` and into the TLS handshake alone,
 * and the certificate must be that name's.
 * @throws WebRefusal
 */
export function exchange(dial: Dial): Promise<Exchange> {
  const { promise, resolve, reject } = Promise.withResolvers<Exchange>();
  const request = begin(dial);
  let refusal: WebRefusal | undefined;
  const end = (reason: RefusalReason, cause?: unknown) => {
    refusal ??= new WebRefusal(reason, { cause });
    reject(refusal);
    close();
  };
  const late = () => end("too-slow");
  const connecting = setTimeout(() => end("unreachable"), dial.connectWithin);
  const close = () => {
    clearTimeout(connecting);
    dial.until.removeEventListener("abort", late);
    request.destroy();
  };
  dial.until.addEventListener("abort", late);
  let connected = false;
  request.on("socket", (socket: Socket) => {
    socket.once(dial.url.protocol === "https:" ? "secureConnect" : "connect", () => {
      connected = true;
      clearTimeout(connecting);
    });
    bound(socket, dial, () => end("too-large"));
  });
  request.on("error", (cause) => end(connected ? "broken" : "unreachable", cause));
  request.on("response", (response) => {
    // Errors reach whoever reads; without a reader they are nobody's.
    response.on("error", () => {});
    resolve({ response, refusal: () => refusal, close });
  });
  refuseOthers(request, () => end("broken"));
  if (dial.until.aborted) late();
  else request.end();
  return promise;
}

/** Neither is for us: hints have no end, and another protocol is none we speak. */
function refuseOthers(request: ClientRequest, refuse: () => void): void {
  request.on("information", refuse);
  request.on("upgrade", (_response, socket) => {
    // It is ours alone now, and so are its errors.
    socket.on("error", () => {});
    refuse();
    socket.destroy();
  });
}

function begin({ url, address, headers, ca }: Dial): ClientRequest {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const options = {
    host: address,
    port: portOf(url),
    path: url.pathname + url.search,
    method: "GET",
    headers: { host: url.host, ...headers },
    maxHeaderSize: HEADERS_MAX,
  };
  if (url.protocol === "http:") return plainly({ ...options, agent: new PlainAgent(NO_PROXY) });
  return securely({
    ...options,
    // In a handshake there is no place for an address (RFC 6066, 3).
    servername: isIP(host) ? "" : host,
    // Said here, NODE_TLS_REJECT_UNAUTHORIZED says nothing.
    rejectUnauthorized: true,
    agent: new SecureAgent(NO_PROXY),
    ...(ca && { ca }),
  });
}

/** The parser bounds headers and trailers, but neither a chunk's extensions nor how often hints come. */
function bound(socket: Socket, { bodyMax, received }: Dial, overflow: () => void): void {
  const most = HEADERS_MAX + FRAMING_MAX + bodyMax;
  let total = 0;
  socket.on("data", (chunk: Uint8Array) => {
    total += chunk.length;
    received?.(chunk.length);
    if (total > most) overflow();
  });
}
