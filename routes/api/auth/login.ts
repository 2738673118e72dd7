import { signIn } from "../../../lib/auth/sign_in.ts";
import { validate } from "../../../lib/http/body.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { welcome } from "../../../lib/http/sign_in.ts";
import { emailSignIn } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{email, password, staySignedIn?}` → `{accessToken, user}`, or `{status: "second_factor_required", ticket}`. */
  POST: anyone(async ({ req, state: { exchange, services, fields } }) => {
    const result = await signIn(services, validate(emailSignIn, fields), originOf(req, exchange));
    if (result.kind === "second-factor") {
      return ok({ status: "second_factor_required", ticket: result.ticket });
    }
    return welcome(exchange, result);
  }),
};
