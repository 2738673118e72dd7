import type { MiddlewareContext, RequestHandler } from "fresh/types";
import type { AppError } from "../errors.ts";
import type { Session } from "../auth/sessions.ts";
import type { Services } from "../services.ts";
import type { Fields } from "./body.ts";
import type { Exchange } from "./exchange.ts";
import type { Upload } from "./upload.ts";

/** What the middleware of every route has found out before a handler runs. */
export interface State {
  exchange: Exchange;
  services: Services;
  /** Who asks, when they have come in. */
  session: Session | null;
  /** Why the bearer token that was sent opens nothing. */
  refused?: AppError;
  /** The fields of a write's JSON or form body. */
  fields: Fields;
  /**
   * Reads a form with files, of at most so many bytes, and makes sure that one of our pages sent it. There when the body
   * is one; its route must call this, for nothing has looked at the body yet.
   * @throws AppError PAYLOAD_TOO_LARGE, BAD_REQUEST, ORIGIN_NOT_ALLOWED, CSRF_FAILED
   */
  upload?: (maxBytes: number) => Promise<Upload>;
}

/** A request on its way through a route. */
export type Ctx = Parameters<RequestHandler<Record<string, string>, State>>[0];
export type MiddlewareCtx = MiddlewareContext<State, State>;
