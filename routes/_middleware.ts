import { type Fields, readFields } from "../lib/http/body.ts";
import { type Exchange, exchangeOf } from "../lib/http/exchange.ts";
import { identify } from "../lib/http/identify.ts";
import { demandOwnPage, isWrite } from "../lib/http/protect.ts";
import type { MiddlewareCtx, State } from "../lib/http/state.ts";
import { isBytes, isUpload, uploadReader } from "../lib/http/upload.ts";

/**
 * What happens to every request before its route: read, identify, count, protect, go on. What is thrown on the way is
 * for `_error` to answer.
 */
export default async function middleware(ctx: MiddlewareCtx): Promise<Response> {
  const { req } = ctx;
  const exchange = exchangeOf(req);
  const { services, address } = exchange;
  const path = ctx.url.pathname;
  if (isSameForAll(path) && !isWrite(req)) return await ctx.next(unknownVisitor(exchange));
  const withFiles = isUpload(req, path);
  const fields = isWrite(req) && !withFiles && !isBytes(req, path) ? await readFields(req) : {};
  const { session, byCookie, refused } = await identify(req, exchange);
  if (path.startsWith("/api/")) await services.limits.spend("api", session?.viewer.id ?? address);
  else if (isWrite(req) && !session) await services.limits.spend("signedOutForm", address);
  const demand = (sent: Fields) => demandOwnPage(req, exchange, session, byCookie, sent);
  if (isWrite(req) && !withFiles) await demand(fields);
  const state: State = { exchange, services, session, refused, fields };
  if (withFiles) state.upload = uploadReader(req, demand);
  return await ctx.next(state);
}

/** Files, but for those of rooms, whose readers must be known. */
function isSameForAll(path: string): boolean {
  return path.startsWith("/files/") && !path.startsWith("/files/rooms/");
}

/** What is the same for everybody who has its address must not depend on cookies, nor set any: caches keep some of it. */
function unknownVisitor(exchange: Exchange): State {
  return { exchange, services: exchange.services, session: null, fields: {} };
}
