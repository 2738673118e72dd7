import { readFields } from "../lib/http/body.ts";
import { exchangeOf } from "../lib/http/exchange.ts";
import { identify } from "../lib/http/identify.ts";
import { demandOwnPage, isWrite } from "../lib/http/protect.ts";
import type { MiddlewareCtx, State } from "../lib/http/state.ts";

/**
 * What happens to every request before its route: read, identify, count, protect, go on. What is thrown on the way is
 * for `_error` to answer.
 */
export default async function middleware(ctx: MiddlewareCtx): Promise<Response> {
  const { req } = ctx;
  const exchange = exchangeOf(req);
  const api = ctx.url.pathname.startsWith("/api/");
  const fields = isWrite(req) ? await readFields(req) : {};
  const { session, byCookie } = await identify(req, exchange);
  if (api) await exchange.services.limits.spend("api", session?.viewer.id ?? exchange.address);
  else if (isWrite(req) && !session) await exchange.services.limits.spend("signedOutForm", exchange.address);
  if (isWrite(req)) await demandOwnPage(req, exchange, session, byCookie, fields);
  const state: State = { exchange, services: exchange.services, session, fields };
  return await ctx.next(state);
}
