import { ok } from "../../../lib/http/envelope.ts";
import { signedIn } from "../../../lib/http/guards.ts";

export const handlers = {
  /** `{token, expiresAt}`: opens one socket, within 30 s. */
  POST: signedIn(async ({ state: { services, session } }) =>
    ok(await services.realtime.tickets.issue(session.id))
  ),
};
