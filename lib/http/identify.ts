import { findSession, refreshSession, type Session } from "../auth/sessions.ts";
import { ACCESS_SECONDS, verifyAccessToken } from "../auth/tokens.ts";
import { clearCookie, readCookie, writeCookie } from "./cookies.ts";
import type { Exchange } from "./exchange.ts";

/** Who sends a request, by bearer token or by cookie. A cookie session is renewed on the way. */
export async function identify(
  req: Request,
  exchange: Exchange,
): Promise<{ session: Session | null; byCookie: boolean }> {
  const bearer = /^Bearer (.+)$/i.exec(req.headers.get("authorization") ?? "")?.[1];
  if (bearer) return { session: await byAccessToken(bearer, exchange), byCookie: false };
  const access = readCookie(req, "access");
  const session = access ? await byAccessToken(access, exchange) : null;
  if (session) return { session, byCookie: true };
  const refresh = readCookie(req, "refresh");
  return { session: refresh ? await byRefreshToken(refresh, exchange) : null, byCookie: true };
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

/** Hands the browser its credentials. Without a refresh token it keeps the one it has. */
export function giveCookies(
  exchange: Exchange,
  session: Session,
  accessToken: string,
  refreshToken?: string,
): void {
  exchange.setCookies.push(writeCookie("access", accessToken, ACCESS_SECONDS));
  if (refreshToken === undefined) return;
  const life = Math.floor((session.expiresAt - exchange.services.clock()) / 1000);
  exchange.setCookies.push(writeCookie("refresh", refreshToken, life));
}

/** Takes a browser's credentials away. */
export function takeCookies(exchange: Exchange): void {
  exchange.setCookies.push(clearCookie("access"), clearCookie("refresh"));
}
