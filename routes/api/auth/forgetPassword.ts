import { forgotPassword } from "../../../lib/auth/password_change.ts";
import { validate } from "../../../lib/http/body.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { forgotPassword as form } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{email | phoneNumber}` → `{status: "sent"}`, whether or not there is such an account. */
  POST: anyone(async ({ req, state: { exchange, services, fields } }) => {
    await forgotPassword(services, validate(form, fields), originOf(req, exchange));
    return ok({ status: "sent" });
  }),
};
