import { signIn } from "../../../lib/auth/sign_in.ts";
import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { welcome } from "../../../lib/http/sign_in.ts";
import { signIn as signInForm } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{phoneNumber | email, password, staySignedIn?}` → `{accessToken, user}`, or `{status: "second_factor_required", ticket}`. */
  POST: anyone(takes(signInForm, async ({ req, state }, input) => {
    const { exchange, services } = state;
    const result = await signIn(services, input, originOf(req, exchange));
    if (result.kind === "second-factor") {
      return ok({ status: "second_factor_required", ticket: result.ticket });
    }
    return welcome(state, result);
  })),
};
