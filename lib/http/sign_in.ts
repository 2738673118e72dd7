import type { SignedIn } from "../auth/sessions.ts";
import { ok } from "./envelope.ts";
import type { Exchange } from "./exchange.ts";
import { giveCookies } from "./identify.ts";

/** `{accessToken, user}` and the session's cookies. */
export function welcome(exchange: Exchange, { session, credentials }: SignedIn): Response {
  giveCookies(exchange, session, credentials.accessToken, credentials.refreshToken);
  return ok({ accessToken: credentials.accessToken, user: session.viewer });
}
