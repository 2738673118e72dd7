import { endSession } from "../../../lib/auth/sessions.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { signedIn } from "../../../lib/http/guards.ts";
import { takeCookies } from "../../../lib/http/identify.ts";

export const handlers = {
  /** Ends this session; its sockets close on every isolate. */
  POST: signedIn(async ({ state: { exchange, services, session } }) => {
    await endSession(services, session.id);
    takeCookies(exchange);
    return ok(null);
  }),
};
