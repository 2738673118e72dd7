import { finishSecondFactor } from "../../../lib/auth/sign_in.ts";
import { validate } from "../../../lib/http/body.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { welcome } from "../../../lib/http/sign_in.ts";
import { secondFactor } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{ticket, code}`, the code of an authenticator app or a recovery code → `{accessToken, user}`. */
  POST: anyone(async ({ req, state: { exchange, services, fields } }) => {
    const signedIn = await finishSecondFactor(
      services,
      validate(secondFactor, fields),
      originOf(req, exchange),
    );
    return welcome(exchange, signedIn);
  }),
};
