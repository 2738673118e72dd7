import { endSessionOf } from "../../../../lib/auth/own_sessions.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../lib/http/guards.ts";
import { takeCookies } from "../../../../lib/http/identify.ts";

export const handlers = {
  /** Ends one of one's own sessions; its sockets close on every isolate. */
  DELETE: signedIn(async ({ params, state: { exchange, services, session } }) => {
    const id = params.id!;
    await endSessionOf(services, session, id);
    if (id === session.id) takeCookies(exchange);
    return ok(null);
  }),
};
