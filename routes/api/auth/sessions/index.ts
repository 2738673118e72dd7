import { listSessions } from "../../../../lib/auth/own_sessions.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../lib/http/guards.ts";

export const handlers = {
  /** `[{id, current, userAgent, address, createdAt, lastSeenAt}]`, the latest first. */
  GET: signedIn(async ({ state: { services, session } }) => ok(await listSessions(services, session))),
};
