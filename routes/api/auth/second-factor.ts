import { finishSecondFactor } from "../../../lib/auth/sign_in.ts";
import { takes } from "../../../lib/http/contract.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { welcome } from "../../../lib/http/sign_in.ts";
import { secondFactor } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{ticket, code}`, the code of an authenticator app or a recovery code → `{accessToken, user}`. */
  POST: anyone(takes(secondFactor, async ({ req, state }, input) => {
    const { exchange, services } = state;
    const signedIn = await finishSecondFactor(
      services,
      input,
      originOf(req, exchange),
    );
    return welcome(state, signedIn);
  })),
};
