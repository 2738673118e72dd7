import { Agent as PlainAgent, type ClientRequest, type IncomingMessage, request as plainly } from "node:http";
import { Agent as SecureAgent, request as securely } from "node:https";
import { isIP } from "node:net";
/** Of an answer; nobody reads its body. */
const HEADERS_MAX = 16 * 1024;

/** With an environment of its own, empty: a proxy would look the name up anew. */
const NO_PROXY = { keepAlive: false, proxyEnv: {} };

export type PostHeaders = Record<string, string | number>;

export interface PostTarget {
  url: URL;
  address: string;
  /** Authorities to trust in place of the usual ones; tests have their own. */
  ca?: string[];
}

export interface PostAnswer {
  status: number;
  retryAfter?: string;
}

/**
 * One POST to one address; the name goes into `Host` and the TLS handshake alone, and the certificate must be that name's.
 * Redirects are not followed, for they could lead anywhere.
 * @throws Error when there is no answer, also when `until` aborts
 */
export function post(
  to: PostTarget,
  { headers, body }: { headers: PostHeaders; body: Uint8Array },
  until: AbortSignal,
): Promise<PostAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<PostAnswer>();
  const request = begin(to, headers);
  const abort = () => void request.destroy(new Error("no answer in time"));
  until.addEventListener("abort", abort);
  request.on("error", reject);
  request.on("response", (response: IncomingMessage) => {
    response.on("error", () => {});
    resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] });
    request.destroy();
  });
  request.end(body);
  return promise.finally(() => until.removeEventListener("abort", abort));
}

function begin({ url, address, ca }: PostTarget, headers: PostHeaders): ClientRequest {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const secure = url.protocol === "https:";
  const options = {
    host: address,
    port: url.port === "" ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname + url.search,
    method: "POST",
    headers: { host: url.host, ...headers },
    maxHeaderSize: HEADERS_MAX,
  };
  if (!secure) return plainly({ ...options, agent: new PlainAgent(NO_PROXY) });
  // In a handshake there is no place for an address (RFC 6066, 3).
  const servername = isIP(host) ? "" : host;
  return securely({
    ...options,
    agent: new SecureAgent(NO_PROXY),
    servername,
    rejectUnauthorized: true,
    ...(ca && { ca }),
  });
}
