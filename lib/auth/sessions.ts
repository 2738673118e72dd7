import {
  createSession,
  findSession as querySession,
  findSessionByRefreshHash,
  revokeSession,
  rotateSession,
} from "../../db/queries/sessions.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { keyedHash, randomToken, signAccessToken } from "./tokens.ts";

/** Somebody's stay: begins when they come in, ends when they leave, are thrown out, or its time is over. */
export interface Session {
  id: string;
  viewer: Viewer;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** What a client keeps to prove its session. */
export interface Credentials {
  accessToken: string;
  refreshToken: string;
}

interface Origin {
  userAgent: string;
  address: string;
}

/** Milliseconds in which the token before the newest is still taken: two tabs may refresh at once. */
const GRACE = 10_000;
export const GUEST_LIFE = 24 * 60 * 60 * 1000;

export async function startSession(
  services: Services,
  viewer: Viewer,
  { userAgent, address }: Origin,
  life: number,
): Promise<{ session: Session; credentials: Credentials }> {
  const session: Session = { id: crypto.randomUUID(), viewer, expiresAt: services.clock() + life };
  const refreshToken = randomToken();
  await createSession(services.sql, {
    id: session.id,
    userId: viewer.id,
    refreshHash: await refreshHash(services, refreshToken),
    expiresAt: new Date(session.expiresAt),
    persistent: false,
    userAgent: userAgent.slice(0, 300),
    address,
  });
  return { session, credentials: { accessToken: await accessTokenFor(services, session.id), refreshToken } };
}

/** A session that is neither over nor ended. */
export async function findSession(services: Services, id: string): Promise<Session | null> {
  const found = await querySession(services.sql, id);
  if (!found || found.revokedAt || found.expiresAt.getTime() <= services.clock()) return null;
  return { id: found.id, viewer: found.viewer, expiresAt: found.expiresAt.getTime() };
}

/**
 * Trades a refresh token for new credentials. Each token is good once. Its immediate predecessor is still taken for
 * {@link GRACE} ms, without a new refresh token; an older one can only have been stolen, and ends the session for all.
 */
export async function refreshSession(
  services: Services,
  refreshToken: string,
): Promise<{ session: Session; accessToken: string; refreshToken?: string } | null> {
  const hash = await refreshHash(services, refreshToken);
  const found = await findSessionByRefreshHash(services.sql, hash);
  if (!found || found.revokedAt || found.expiresAt.getTime() <= services.clock()) return null;
  const session: Session = { id: found.id, viewer: found.viewer, expiresAt: found.expiresAt.getTime() };
  const accessToken = await accessTokenFor(services, session.id);
  const recent = found.rotatedAt !== null && services.clock() - found.rotatedAt.getTime() < GRACE;
  if (found.matched === "previous") {
    if (recent) return { session, accessToken };
    await endSession(services, session.id);
    return null;
  }
  const next = randomToken();
  const rotated = await rotateSession(services.sql, {
    id: session.id,
    expectedHash: hash,
    nextHash: await refreshHash(services, next),
    at: new Date(services.clock()),
  });
  // Another tab was quicker; its answer brings the new token.
  return rotated ? { session, accessToken, refreshToken: next } : { session, accessToken };
}

/** Ends a session everywhere; its sockets close with it. */
export async function endSession(services: Services, id: string): Promise<void> {
  await revokeSession(services.sql, id);
  services.realtime.endSession(id);
}

function accessTokenFor(services: Services, sessionId: string): Promise<string> {
  return signAccessToken(services.config.accessTokenSecret, sessionId, services.clock);
}

function refreshHash(services: Services, token: string): Promise<Uint8Array> {
  return keyedHash(services.config.refreshTokenSecret, `refresh|${token}`);
}
