import { signUpByPhone } from "../../../lib/auth/sign_up.ts";
import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { phoneSignUp } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{phoneNumber, firstName?, lastName?, birthYear}` → `{status: "verification_required", userId}`. */
  POST: anyone(takes(phoneSignUp, async ({ req, state: { exchange, services } }, input) => {
    const { userId } = await signUpByPhone(services, input, originOf(req, exchange));
    return ok({ status: "verification_required", userId });
  })),
};
