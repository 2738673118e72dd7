import { upgradeGuest } from "../../../lib/auth/sign_up.ts";
import { takesOneOf } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { signedIn } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { emailRegistration, phoneSignUp } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** For guests: the body of `register` or `signup`, and its answer. With the code they are a member. */
  POST: signedIn(takesOneOf({ phoneNumber: phoneSignUp, email: emailRegistration }, async (ctx, input) => {
    const { req, state: { exchange, services, session } } = ctx;
    const { userId } = await upgradeGuest(services, session, input, originOf(req, exchange));
    return ok({ status: "verification_required", ...("phoneNumber" in input && { userId }) });
  })),
};
