import { findAccount } from "../../db/queries/accounts.ts";
import {
  createSession,
  findSession as querySession,
  findSessionToRefresh,
  revokeSession,
  rotateSession,
} from "../../db/queries/sessions.ts";
import { audit } from "../audit/audit.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { sessionReplayed } from "./letters.ts";
import { keyedHash, randomToken, signAccessToken } from "./tokens.ts";

/** Somebody's stay: begins when they come in, ends when they leave, are thrown out, or its time is over. */
export interface Session {
  id: string;
  viewer: Viewer;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Outlives the browser's own session. */
  persistent: boolean;
}

/** What a client keeps to prove its session. */
export interface Credentials {
  accessToken: string;
  refreshToken: string;
}

/** Somebody who has just come in. */
export interface SignedIn {
  session: Session;
  credentials: Credentials;
}

/** Where a request came from. */
export interface Origin {
  userAgent: string;
  address: string;
}

export interface Stay {
  /** Milliseconds. */
  life: number;
  /** Outlives the browser's own session. */
  persistent: boolean;
}

/** Milliseconds in which the token before the newest is still taken: two tabs may refresh at once. */
const GRACE = 10_000;
const USER_AGENT_MAX = 300;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = 24 * 60 * 60 * 1000;

export const GUEST_STAY: Stay = { life: DAY, persistent: true };
/** A member's; each use of the refresh token begins it anew. */
export const LONG_STAY: Stay = { life: 30 * DAY, persistent: true };
/** A member's who did not ask to stay: until the browser closes, and a day at most. */
export const SHORT_STAY: Stay = { life: DAY, persistent: false };

/** What this process holds in memory of a session of the database. */
type Stored = NonNullable<Awaited<ReturnType<typeof querySession>>>;

export async function startSession(
  services: Services,
  viewer: Viewer,
  { userAgent, address }: Origin,
  { life, persistent }: Stay,
): Promise<SignedIn> {
  const session: Session = {
    id: crypto.randomUUID(),
    viewer,
    expiresAt: services.clock() + life,
    persistent,
  };
  const refreshToken = refreshTokenFor(session.id);
  await createSession(services.sql, {
    id: session.id,
    userId: viewer.id,
    refreshHash: await refreshHash(services, refreshToken),
    expiresAt: new Date(session.expiresAt),
    persistent,
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
    await endReplayed(services, session);
    return null;
  }
  const accessToken = await accessTokenFor(services, session.id);
  // For the second of two tabs: the first one's answer brings the new token.
  if (found.token === "previous") return { session, accessToken };
  const next = refreshTokenFor(session.id);
  const renewed = renew(services, session);
  const change = { id: session.id, expectedHash: hash, nextHash: await refreshHash(services, next) };
  const dates = { at: new Date(services.clock()), expiresAt: new Date(renewed.expiresAt) };
  const rotated = await rotateSession(services.sql, { ...change, ...dates });
  return rotated ? { session: renewed, accessToken, refreshToken: next } : { session, accessToken };
}

/** Those who asked to stay are not sent away while they keep coming. Guests have their day, and others theirs. */
function renew(services: Services, session: Session): Session {
  if (!session.persistent || session.viewer.tier !== "member") return session;
  return { ...session, expiresAt: services.clock() + LONG_STAY.life };
}

/** Somebody holds a token they should not: whoever it is, they are out, and the owner gets to know. */
async function endReplayed(services: Services, { id, viewer }: Session): Promise<void> {
  services.log.warn({ session: id }, "an old refresh token was replayed; the session is ended");
  const ended = await services.sql.begin(async (sql) => {
    if (!await revokeSession(sql, id)) return false;
    await audit(sql, {
      action: "session.replayed",
      actorId: null,
      subjectId: viewer.id,
      detail: { session: id },
    });
    const email = (await findAccount(sql, viewer.id))?.email;
    if (email) await services.jobs.enqueue("send-mail", sessionReplayed(services.config, email), { sql });
    return true;
  });
  if (ended) services.realtime.endSession(id);
}

/** Ends a session everywhere; its sockets close with it. */
export async function endSession(services: Services, id: string): Promise<void> {
  await revokeSession(services.sql, id);
  services.realtime.endSession(id);
}

function alive(services: Services, { id, user, expiresAt, revokedAt, persistent }: Stored): Session | null {
  if (revokedAt || expiresAt.getTime() <= services.clock()) return null;
  return { id, viewer: user, expiresAt: expiresAt.getTime(), persistent };
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
