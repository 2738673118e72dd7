import { whyRefused } from "../auth/refused_tokens.ts";
import { findSession, refreshSession, type Session } from "../auth/sessions.ts";
import { ACCESS_SECONDS, verifyAccessToken } from "../auth/tokens.ts";
import type { AppError } from "../errors.ts";
import { clearCookie, readCookie, writeCookie } from "./cookies.ts";
import type { Exchange } from "./exchange.ts";

/** Takes the refresh token itself; renewed on the way there, it would be an old one on arrival. */
const RENEWS_ITSELF = "/api/auth/refresh";

export interface Identity {
  session: Session | null;
  byCookie: boolean;
  /** Why the bearer token that was sent opens nothing. */
  refused?: AppError;
}

/** Who sends a request, by bearer token or by cookie. A cookie session is renewed on the way. */
export async function identify(req: Request, exchange: Exchange): Promise<Identity> {
  const bearer = /^Bearer (.+)$/i.exec(req.headers.get("authorization") ?? "")?.[1];
  if (bearer) return await byBearer(bearer, exchange);
  const access = readCookie(req, "access");
  const session = access ? await byAccessToken(access, exchange) : null;
  if (session) return { session, byCookie: true };
  const refresh = new URL(req.url).pathname === RENEWS_ITSELF ? undefined : readCookie(req, "refresh");
  return { session: refresh ? await byRefreshToken(refresh, exchange) : null, byCookie: true };
}

async function byBearer(token: string, exchange: Exchange): Promise<Identity> {
  const session = await byAccessToken(token, exchange);
  if (session) return { session, byCookie: false };
  return { session, byCookie: false, refused: await whyRefused(exchange.services, token) };
}

async function byAccessToken(token: string, { services }: Exchange): Promise<Session | null> {
  const claims = await verifyAccessToken(services.config.accessTokenSecret, token, services.clock);
  return claims && findSession(services, claims.sessionId);
}

async function byRefreshToken(token: string, exchange: Exchange): Promise<Session | null> {
  const renewed = await refreshSession(exchange.services, token);
  if (!renewed) {
    takeCookies(exchange);
    return null;
  }
  giveCookies(exchange, renewed.session, renewed.accessToken, renewed.refreshToken);
  return renewed.session;
}

/**
 * Hands the browser its credentials. Without a refresh token it keeps the one it has. Those of a session that does not
 * persist go when the browser closes.
 */
export function giveCookies(
  exchange: Exchange,
  session: Session,
  accessToken: string,
  refreshToken?: string,
): void {
  const { expiresAt, persistent } = session;
  exchange.setCookies.push(writeCookie("access", accessToken, persistent ? ACCESS_SECONDS : undefined));
  if (refreshToken === undefined) return;
  const life = Math.floor((expiresAt - exchange.services.clock()) / 1000);
  exchange.setCookies.push(writeCookie("refresh", refreshToken, persistent ? life : undefined));
}

/** Takes a browser's credentials away. */
export function takeCookies(exchange: Exchange): void {
  exchange.setCookies.push(clearCookie("access"), clearCookie("refresh"));
}
