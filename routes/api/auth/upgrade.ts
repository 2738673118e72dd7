import { upgradeGuest } from "../../../lib/auth/sign_up.ts";
import { validate } from "../../../lib/http/body.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { signedIn } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { emailRegistration, phoneSignUp } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** For guests: the body of `register` or `signup`, and its answer. With the code they are a member. */
  POST: signedIn(async ({ req, state: { exchange, services, session, fields } }) => {
    const byPhone = "phoneNumber" in fields;
    const input = byPhone ? validate(phoneSignUp, fields) : validate(emailRegistration, fields);
    const { userId } = await upgradeGuest(services, session, input, originOf(req, exchange));
    return ok({ status: "verification_required", ...(byPhone && { userId }) });
  }),
};
