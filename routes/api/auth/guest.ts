import { enterAsGuest } from "../../../lib/auth/guests.ts";
import { validate } from "../../../lib/http/body.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { giveCookies } from "../../../lib/http/identify.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { guestSignIn } from "../../../lib/protocol/forms.ts";

export const handlers = {
  /** `{ageCategory, nickname?}` → `{accessToken, user}` and the cookies of a day's session. */
  POST: anyone(async ({ req, state: { exchange, services, fields } }) => {
    const { session, credentials } = await enterAsGuest(
      services,
      validate(guestSignIn, fields),
      originOf(req, exchange),
    );
    giveCookies(exchange, session, credentials.accessToken, credentials.refreshToken);
    return ok({ accessToken: credentials.accessToken, user: session.viewer });
  }),
};
