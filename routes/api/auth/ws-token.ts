import { ok } from "../../../lib/http/envelope.ts";
import { participant } from "../../../lib/http/guards.ts";

export const handlers = {
  /** `{token, expiresAt}`: opens one socket, within 30 s. Ghosts ask by their session token. */
  POST: participant(async ({ state: { services, session } }) =>
    ok(await services.realtime.tickets.issue(session.id))
  ),
};
