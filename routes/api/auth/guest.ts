import { enterAsGuest } from "../../../lib/auth/guests.ts";
import { validate } from "../../../lib/http/body.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { welcome } from "../../../lib/http/sign_in.ts";
import { guestSignIn } from "../../../lib/protocol/forms/guest.ts";

export const handlers = {
  /** `{ageCategory, nickname?}` → `{accessToken, user}` and the cookies of a day's session. */
  POST: anyone(async ({ req, state: { exchange, services, fields } }) => {
    return welcome(
      exchange,
      await enterAsGuest(services, validate(guestSignIn, fields), originOf(req, exchange)),
    );
  }),
};
