import type { Exchange } from "./exchange.ts";

const YEAR = 31_536_000;

/** The headers that every answer carries. */
export function setSecurityHeaders(headers: Headers, { nonce, services: { config } }: Exchange): void {
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    // `blob:` is what a page has opened itself: pictures of encrypted rooms.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // Older Safari does not count ws: as 'self'.
    `connect-src 'self' ${config.publicUrl.replace(/^http/, "ws")}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  // Files that people sent have a policy of their own, under which nothing runs at all.
  if (!headers.has("content-security-policy")) headers.set("content-security-policy", policy.join("; "));
  headers.set("x-content-type-options", "nosniff");
  headers.set("x-frame-options", "DENY");
  // A page may be stricter: the address of a ghost room is the way into it.
  if (!headers.has("referrer-policy")) headers.set("referrer-policy", "strict-origin-when-cross-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("cross-origin-resource-policy", "same-origin");
  headers.set("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()");
  if (config.publicUrl.startsWith("https:")) {
    headers.set("strict-transport-security", `max-age=${YEAR}; includeSubDomains`);
  }
}
