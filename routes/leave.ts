import { endSession } from "../lib/auth/sessions.ts";
import { anyone } from "../lib/http/guards.ts";
import { takeCookies } from "../lib/http/identify.ts";

export const handlers = {
  /** The sign-out button's form. Harmless for those who have left already. */
  POST: anyone(async (ctx) => {
    const { exchange, services, session } = ctx.state;
    if (session) await endSession(services, session.id);
    takeCookies(exchange);
    return ctx.redirect("/", 303);
  }),
};
