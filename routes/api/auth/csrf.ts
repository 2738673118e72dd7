import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { csrfTokenFor } from "../../../lib/http/protect.ts";

export const handlers = {
  /** `{csrfToken}` and its cookie; send it as `X-CSRF-Token` with every write that a cookie session makes. */
  POST: anyone(async ({ req, state: { exchange, session } }) => {
    return ok({ csrfToken: await csrfTokenFor(req, exchange, session) });
  }),
};
