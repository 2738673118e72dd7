import type { Session } from "../auth/sessions.ts";
import { AppError } from "../errors.ts";
import type { Fields } from "./body.ts";
import { readCookie, writeCookie } from "./cookies.ts";
import {
  createCsrfToken,
  CSRF_FIELD,
  CSRF_HEADER,
  demandCsrf,
  isAllowedOrigin,
  isCsrfToken,
} from "./csrf.ts";
import type { Exchange } from "./exchange.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
/** Gives out the token, so it cannot ask for it. */
const WITHOUT_TOKEN = "/api/auth/csrf";

export function isWrite(req: Request): boolean {
  return !SAFE.has(req.method);
}

/**
 * Refuses writes that another site made somebody's browser send: the Origin must be ours, and whoever is known by
 * cookie, or fills in a form, must repeat the CSRF token.
 * @throws AppError ORIGIN_NOT_ALLOWED, CSRF_FAILED
 */
export async function demandOwnPage(
  req: Request,
  exchange: Exchange,
  session: Session | null,
  byCookie: boolean,
  fields: Fields,
): Promise<void> {
  const { config } = exchange.services;
  if (!byCookie) return;
  if (!isAllowedOrigin(req, config)) throw new AppError("ORIGIN_NOT_ALLOWED");
  const form = !req.headers.get("content-type")?.startsWith("application/json");
  const path = new URL(req.url).pathname;
  if (path === WITHOUT_TOKEN || (path.startsWith("/api/") && !session)) return;
  const field = fields[CSRF_FIELD];
  const sent = req.headers.get(CSRF_HEADER) ?? (form && typeof field === "string" ? field : null);
  await demandCsrf(config.accessTokenSecret, session?.id ?? "", readCookie(req, "csrf"), sent);
}

/** The token for this visitor's forms, and its cookie when they have none that is theirs. */
export async function csrfTokenFor(
  req: Request,
  exchange: Exchange,
  session: Session | null,
): Promise<string> {
  const secret = exchange.services.config.accessTokenSecret;
  const known = readCookie(req, "csrf");
  const token = await createCsrfToken(secret, session?.id ?? "");
  if (known && await isCsrfToken(secret, session?.id ?? "", known)) {
    // Another one each time for a session, so that the size of a compressed page tells nothing of it (BREACH).
    return session ? token : known;
  }
  exchange.setCookies.push(writeCookie("csrf", token));
  return token;
}
