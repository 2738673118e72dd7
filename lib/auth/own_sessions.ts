import { sessionsOf } from "../../db/queries/sessions.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { endSession, type Session } from "./sessions.ts";

/** A session as its owner sees it. Shape of the items of `GET /api/auth/sessions`. */
export interface OwnSession {
  id: string;
  /** The one that asks. */
  current: boolean;
  userAgent: string;
  /** The client's IP address when it signed in. */
  address: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601; exact to a quarter of an hour. */
  lastSeenAt: string;
}

/** All places one is signed in at, the latest first. */
export async function listSessions(
  { sql, clock }: Services,
  { id: current, viewer }: Session,
): Promise<OwnSession[]> {
  const sessions = await sessionsOf(sql, viewer.id, new Date(clock()));
  return sessions.map(({ id, userAgent, address, createdAt, lastSeenAt }) => ({
    id,
    current: id === current,
    userAgent,
    address,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }));
}

/** Ends a session of one's own; its sockets close on every isolate. @throws AppError NOT_FOUND for any other */
export async function endSessionOf(services: Services, { viewer }: Session, id: string): Promise<void> {
  const own = await sessionsOf(services.sql, viewer.id, new Date(services.clock()));
  if (!own.some((session) => session.id === id)) {
    throw new AppError("NOT_FOUND", { message: "You have no such session." });
  }
  await endSession(services, id);
}
