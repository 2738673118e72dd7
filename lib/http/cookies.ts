import { parseCookie, stringifySetCookie } from "cookie";

/**
 * The `__Host-` prefix makes the browser itself refuse these cookies from a subdomain, over http, or for a part of the
 * site (RFC 6265bis, 4.1.3.2). Browsers count http://localhost as safe.
 */
export const COOKIES = {
  access: "__Host-parley-access",
  refresh: "__Host-parley-refresh",
  csrf: "__Host-parley-csrf",
  pending: "__Host-parley-pending",
} as const;

type CookieName = keyof typeof COOKIES;

export function readCookie(req: Request, name: CookieName): string | undefined {
  return parseCookie(req.headers.get("cookie") ?? "")[COOKIES[name]];
}

/** A choice of how the page looks, which the browser's own scripts write. Never trusted for more. */
export function readPreference(req: Request, name: "people"): string | undefined {
  return parseCookie(req.headers.get("cookie") ?? "")[name];
}

/** A `Set-Cookie` value. `maxAge` in seconds; without it the cookie goes when the browser closes. */
export function writeCookie(name: CookieName, value: string, maxAge?: number): string {
  return stringifySetCookie({
    name: COOKIES[name],
    value,
    httpOnly: true,
    secure: true,
    path: "/",
    sameSite: "lax",
    ...(maxAge !== undefined && { maxAge }),
  });
}

export function clearCookie(name: CookieName): string {
  return writeCookie(name, "", 0);
}
