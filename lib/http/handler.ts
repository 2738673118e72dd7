import { addRoute, createRouter, findRoute } from "rou3";
import { encodeBase64Url } from "../base64url.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { clientAddress } from "./client_address.ts";
import { failure } from "./envelope.ts";
import { attachExchange, type Exchange } from "./exchange.ts";
import { compressed } from "./compress.ts";
import { withDocumentSecurity } from "./document.ts";
import { setSecurityHeaders } from "./security_headers.ts";

export type Handler = (req: Request, info: Deno.ServeHandlerInfo) => Promise<Response>;

const SERVICE_WORKER = "/sw.js";
/** Asked for all the time, and of no interest. */
const QUIET = /^\/(assets|fonts|icons|stickers|dev|health)(\/|$)/;
/** Files whose names change with what is in them: Vite names its own by content, stickers bear a version. */
const LASTING = /^\/(assets|stickers)\//;

/**
 * Wraps the built pages: what holds for every answer, whether a route, a static file or an error gave it.
 *
 * @param patterns of all routes; logs name the pattern and not the address, which may hold a secret.
 */
export function createHandler(
  services: Services,
  pages: (req: Request) => Promise<Response> | Response,
  patterns: string[],
): Handler {
  const { config, log } = services;
  const patternOf = matcher(patterns);
  return async (req, info) => {
    const began = performance.now();
    const peer = info.remoteAddr.transport === "tcp" ? info.remoteAddr : null;
    const exchange: Exchange = {
      services,
      requestId: crypto.randomUUID(),
      address: clientAddress(req, peer?.hostname ?? "local", config.trustProxy),
      peer,
      nonce: encodeBase64Url(crypto.getRandomValues(new Uint8Array(16))),
      setCookies: [],
    };
    attachExchange(req, info, exchange);
    // What stands in `Host` need not be one.
    const url = URL.parse(req.url);
    const path = url?.pathname ?? "";
    let response: Response;
    try {
      response = url ? await pages(req) : failure(new AppError("BAD_REQUEST"));
    } catch (error) {
      log.error({ request: exchange.requestId, error: String(error) }, "a request broke");
      response = failure(error);
    }
    if (response.status !== 101) response = await finish(response, req, path, exchange);
    const ms = Math.round((performance.now() - began) * 10) / 10;
    const line = {
      request: exchange.requestId,
      method: req.method,
      route: patternOf(path),
      status: response.status,
      ms,
    };
    if (response.status >= 500) log.error(line, "request");
    else if (!QUIET.test(path)) log.info(line, "request");
    return response;
  };
}

async function finish(
  response: Response,
  req: Request,
  path: string,
  exchange: Exchange,
): Promise<Response> {
  const headers = new Headers(response.headers);
  for (const cookie of exchange.setCookies) headers.append("set-cookie", cookie);
  headers.set("x-request-id", exchange.requestId);
  setSecurityHeaders(headers, exchange);
  const html = headers.get("content-type")?.startsWith("text/html");
  if (LASTING.test(path) && response.ok) {
    headers.set("cache-control", "public, max-age=31536000, immutable");
  } else if (path === SERVICE_WORKER) {
    // It stands between the site and its visitors: a fault in it must not outlive its mending.
    headers.set("cache-control", "no-cache");
  } else if (!headers.has("cache-control") && (html || path.startsWith("/api/"))) {
    headers.set("cache-control", "no-store");
  }
  if (!html) {
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }
  headers.delete("content-length");
  const document = withDocumentSecurity(await response.text(), exchange);
  return new Response(await compressed(document, req, headers), { status: response.status, headers });
}

function matcher(patterns: string[]): (path: string) => string {
  const router = createRouter<string>();
  for (const pattern of patterns) addRoute(router, "", pattern, pattern);
  return (path) => findRoute(router, "", path)?.data ?? "static or unknown";
}
