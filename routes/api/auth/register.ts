import { registerByEmail } from "../../../lib/auth/sign_up.ts";
import { validate } from "../../../lib/http/body.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { emailRegistration } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{email, username, password}` → `{status: "verification_required"}`. */
  POST: anyone(async ({ req, state: { exchange, services, fields } }) => {
    await registerByEmail(services, validate(emailRegistration, fields), originOf(req, exchange));
    return ok({ status: "verification_required" });
  }),
};
