import type { MiddlewareContext, RequestHandler } from "fresh/types";
import type { Session } from "../auth/sessions.ts";
import type { Services } from "../services.ts";
import type { Fields } from "./body.ts";
import type { Exchange } from "./exchange.ts";

/** What the middleware of every route has found out before a handler runs. */
export interface State {
  exchange: Exchange;
  services: Services;
  /** Who asks, when they have come in. */
  session: Session | null;
  /** The fields of a write's JSON or form body. */
  fields: Fields;
}

/** A request on its way through a route. */
export type Ctx = Parameters<RequestHandler<Record<string, string>, State>>[0];
export type MiddlewareCtx = MiddlewareContext<State, State>;
