import { jwtVerify, SignJWT } from "jose";
import { errors as joseErrors } from "jose";
import type { Clock } from "../clock.ts";
import { encodeBase64Url } from "../base64url.ts";
import type { RoomId } from "../protocol/ids.ts";

/** Seconds an access token is good for. */
export const ACCESS_SECONDS = 15 * 60;
const ALGORITHM = "HS256";
const ISSUER = "parley";

/** What an access token says: whose session it belongs to. All else is looked up, so that it is never stale. */
export interface AccessClaims {
  sessionId: string;
  /** A ghost's only room. */
  room?: RoomId;
}

/**
 * Signs a JWT (RFC 7519) that lives {@link ACCESS_SECONDS}, or a ghost's, that lives as long as their room.
 * @param ghost.endsAt milliseconds since the epoch
 */
export function signAccessToken(
  secret: string,
  sessionId: string,
  clock: Clock,
  ghost?: { room: RoomId; endsAt: number },
): Promise<string> {
  const now = Math.floor(clock() / 1000);
  const end = ghost ? Math.floor(ghost.endsAt / 1000) : now + ACCESS_SECONDS;
  return new SignJWT(ghost && { room: ghost.room }).setProtectedHeader({ alg: ALGORITHM }).setIssuer(ISSUER)
    .setSubject(sessionId).setIssuedAt(now).setExpirationTime(end).sign(key(secret));
}

/** The claims, or `null` when the token is forged, malformed or over its time. */
export function verifyAccessToken(secret: string, token: string, clock: Clock): Promise<AccessClaims | null> {
  return claimsOf(secret, token, new Date(clock()));
}

/** The claims of a token that we gave out, whether or not its time is over. */
export function recogniseAccessToken(secret: string, token: string): Promise<AccessClaims | null> {
  return claimsOf(secret, token, new Date(0));
}

/** @param at a token that is over by then has no claims */
async function claimsOf(secret: string, token: string, at: Date): Promise<AccessClaims | null> {
  try {
    const options = { issuer: ISSUER, algorithms: [ALGORITHM], currentDate: at };
    const { payload: { sub, room } } = await jwtVerify<{ room?: RoomId }>(token, key(secret), options);
    return sub ? { sessionId: sub, ...(room !== undefined && { room }) } : null;
  } catch (error) {
    if (error instanceof joseErrors.JOSEError) return null;
    throw error;
  }
}

/** A new opaque token of 256 random bits: a refresh token, a socket ticket. */
export function randomToken(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** SHA-256 under a secret (HMAC, RFC 2104), so that a stolen database does not even confirm a guessed token. */
export async function keyedHash(secret: string, text: string): Promise<Uint8Array> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key(secret), hmac, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(text)));
}

function key(secret: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(secret);
}
