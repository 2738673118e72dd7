import { failure } from "../lib/http/envelope.ts";
import { type Fields, readFields } from "../lib/http/body.ts";
import { type Exchange, exchangeOf } from "../lib/http/exchange.ts";
import { identify } from "../lib/http/identify.ts";
import { csrfTokenFor, demandOwnPage, isWrite } from "../lib/http/protect.ts";
import { isUpload, uploadReader } from "../lib/http/upload.ts";
import { logFailure } from "../lib/http/failures.ts";
import type { MiddlewareCtx, State } from "../lib/http/state.ts";

/** What happens to every request before its route: count, read, identify, protect, go on. */
export default async function middleware(ctx: MiddlewareCtx): Promise<Response> {
  const { req } = ctx;
  const exchange = exchangeOf(req);
  const api = ctx.url.pathname.startsWith("/api/");
  try {
    if (ctx.url.pathname.startsWith("/files/") && !isWrite(req)) {
      return await ctx.next(unknownVisitor(exchange));
    }
    const withFiles = isUpload(req, ctx.url.pathname);
    const fields = isWrite(req) && !withFiles ? await readFields(req) : {};
    const { session, byCookie } = await identify(req, exchange);
    if (api) await exchange.services.limits.spend("api", session?.viewer.id ?? exchange.address);
    else if (isWrite(req) && !session) {
      await exchange.services.limits.spend("signedOutForm", exchange.address);
    }
    const demand = (sent: Fields) => demandOwnPage(req, exchange, session, byCookie, sent);
    if (isWrite(req) && !withFiles) await demand(fields);
    const csrfToken = api ? "" : await csrfTokenFor(req, exchange, session);
    const state: State = { exchange, services: exchange.services, session, fields, csrfToken };
    if (withFiles) state.upload = uploadReader(req, demand);
    return await ctx.next(state);
  } catch (error) {
    logFailure(exchange, error);
    if (api) return failure(error);
    throw error;
  }
}

/** Files are the same for everybody, and caches keep them: their answers must not depend on cookies, nor set any. */
function unknownVisitor(exchange: Exchange): State {
  return { exchange, services: exchange.services, session: null, fields: {}, csrfToken: "" };
}
