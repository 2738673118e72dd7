import { registerByEmail } from "../../../lib/auth/sign_up.ts";
import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { emailRegistration } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{email, username, password}` → `{status: "verification_required"}`. */
  POST: anyone(takes(emailRegistration, async ({ req, state: { exchange, services } }, input) => {
    await registerByEmail(services, input, originOf(req, exchange));
    return ok({ status: "verification_required" });
  })),
};
