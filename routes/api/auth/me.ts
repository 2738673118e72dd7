import { describeAccount } from "../../../lib/auth/me.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { signedIn } from "../../../lib/http/guards.ts";

export const handlers = {
  /** `{user}`: the viewer, and what only they may know of their account. */
  GET: signedIn(async ({ state: { services, session } }) => {
    return ok({ user: await describeAccount(services, session.viewer) });
  }),
};
