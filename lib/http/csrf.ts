import { timingSafeEqual } from "node:crypto";
import { keyedHash, randomToken } from "../auth/tokens.ts";
import { encodeBase64Url } from "../base64url.ts";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";

export const CSRF_HEADER = "x-csrf-token";
export const CSRF_FIELD = "csrf";

/**
 * The signed double-submit token (OWASP): it must come twice, by cookie and by header or form field, and its signature
 * ties it to the session, so that a cookie planted by somebody else is of no use.
 */
export async function createCsrfToken(secret: string, sessionId: string): Promise<string> {
  const random = randomToken();
  return `${random}.${await signature(secret, sessionId, random)}`;
}

export async function isCsrfToken(secret: string, sessionId: string, token: string): Promise<boolean> {
  const [random, signed] = token.split(".");
  if (!random || !signed) return false;
  return equal(signed, await signature(secret, sessionId, random));
}

/**
 * A token of a session proves itself by its signature, so two pages of one session that each got a token both work.
 * Without a session anybody can have a signed token, and only its equal in the cookie shows that this browser got it.
 * @throws AppError CSRF_FAILED
 */
export async function demandCsrf(
  secret: string,
  sessionId: string,
  cookie: string | undefined,
  sent: string | null,
): Promise<void> {
  const same = cookie !== undefined && sent !== null && (sessionId !== "" || equal(cookie, sent));
  const good = same && await isCsrfToken(secret, sessionId, sent) &&
    await isCsrfToken(secret, sessionId, cookie);
  if (!good) throw new AppError("CSRF_FAILED");
}

/**
 * Whether the page that sent this request is one of ours. Browsers name it in `Origin`; programs that are not browsers
 * send none, and cannot be made to send somebody's cookies.
 */
export function isAllowedOrigin(req: Request, config: Config): boolean {
  const origin = req.headers.get("origin");
  if (origin === null) return req.headers.get("sec-fetch-site") !== "cross-site";
  if (config.allowedOrigins.has(origin)) return true;
  // A phone on the same network, trying the laptop's address.
  return config.development && URL.canParse(origin) && new URL(origin).host === req.headers.get("host");
}

async function signature(secret: string, sessionId: string, random: string): Promise<string> {
  return encodeBase64Url(await keyedHash(secret, `csrf|${sessionId}|${random}`));
}

function equal(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
