import {
  createSession,
  findSession as querySession,
  findSessionToRefresh,
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
const USER_AGENT_MAX = 300;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const GUEST_LIFE = 24 * 60 * 60 * 1000;

/** What this process holds in memory of a session of the database. */
type Stored = NonNullable<Awaited<ReturnType<typeof querySession>>>;

export async function startSession(
  services: Services,
  viewer: Viewer,
  { userAgent, address }: Origin,
  life: number,
): Promise<{ session: Session; credentials: Credentials }> {
  const session: Session = { id: crypto.randomUUID(), viewer, expiresAt: services.clock() + life };
  const refreshToken = refreshTokenFor(session.id);
  await createSession(services.sql, {
    id: session.id,
    userId: viewer.id,
    refreshHash: await refreshHash(services, refreshToken),
    expiresAt: new Date(session.expiresAt),
    persistent: false,
    userAgent: userAgent.slice(0, USER_AGENT_MAX),
    address,
  });
  return { session, credentials: { accessToken: await accessTokenFor(services, session.id), refreshToken } };
}

/** A session that is neither over nor ended. */
export async function findSession(services: Services, id: string): Promise<Session | null> {
  const stored = await querySession(services.sql, id);
  return stored && alive(services, stored);
}

/**
 * Trades a refresh token for new credentials. Each token is good once. Its immediate predecessor is still taken for
 * {@link GRACE} ms, without a new refresh token; any other token of the session can only be a stolen old one, and ends
 * the session for all (RFC 9700, 4.14.2).
 */
export async function refreshSession(
  services: Services,
  refreshToken: string,
): Promise<{ session: Session; accessToken: string; refreshToken?: string } | null> {
  const id = UUID.exec(refreshToken.split(".")[0]!)?.[0];
  const hash = await refreshHash(services, refreshToken);
  const found = id ? await findSessionToRefresh(services.sql, id, hash) : null;
  const session = found && alive(services, found.session);
  if (!found || !session) return null;
  const inGrace = services.clock() - found.session.rotatedAt.getTime() < GRACE;
  if (found.token === "stale" || (found.token === "previous" && !inGrace)) {
    services.log.warn({ session: session.id }, "an old refresh token was replayed; the session is ended");
    await endSession(services, session.id);
    return null;
  }
  const accessToken = await accessTokenFor(services, session.id);
  // For the second of two tabs: the first one's answer brings the new token.
  if (found.token === "previous") return { session, accessToken };
  const next = refreshTokenFor(session.id);
  const change = { id: session.id, expectedHash: hash, nextHash: await refreshHash(services, next) };
  const rotated = await rotateSession(services.sql, { ...change, at: new Date(services.clock()) });
  return rotated ? { session, accessToken, refreshToken: next } : { session, accessToken };
}

/** Ends a session everywhere; its sockets close with it. */
export async function endSession(services: Services, id: string): Promise<void> {
  await revokeSession(services.sql, id);
  services.realtime.endSession(id);
}

function alive(services: Services, { id, user, expiresAt, revokedAt }: Stored): Session | null {
  if (revokedAt || expiresAt.getTime() <= services.clock()) return null;
  return { id, viewer: user, expiresAt: expiresAt.getTime() };
}

/** Names its session, so that an old one can be told from an unknown one. */
function refreshTokenFor(sessionId: string): string {
  return `${sessionId}.${randomToken()}`;
}

function accessTokenFor(services: Services, sessionId: string): Promise<string> {
  return signAccessToken(services.config.accessTokenSecret, sessionId, services.clock);
}

function refreshHash(services: Services, token: string): Promise<Uint8Array> {
  return keyedHash(services.config.refreshTokenSecret, `refresh|${token}`);
}
