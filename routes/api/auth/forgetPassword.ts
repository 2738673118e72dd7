import { forgotPassword } from "../../../lib/auth/password_change.ts";
import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { forgotPassword as form } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{email | phoneNumber}` → `{status: "sent"}`, whether or not there is such an account. */
  POST: anyone(takes(form, async ({ req, state: { exchange, services } }, input) => {
    await forgotPassword(services, input, originOf(req, exchange));
    return ok({ status: "sent" });
  })),
};
