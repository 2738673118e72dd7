import { enterAsGuest } from "../../../lib/auth/guests.ts";
import { takes } from "../../../lib/http/contract.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { welcome } from "../../../lib/http/sign_in.ts";
import { guestSignIn } from "../../../lib/protocol/forms/guest.ts";

export const handlers = {
  /** `{ageCategory, nickname?}` → `{accessToken, user}` and the cookies of a day's session. */
  POST: anyone(takes(guestSignIn, async ({ req, state }, input) => {
    const { exchange, services } = state;
    return welcome(
      state,
      await enterAsGuest(services, input, originOf(req, exchange)),
    );
  })),
};
