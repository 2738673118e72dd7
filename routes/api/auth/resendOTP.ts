import { resendCode } from "../../../lib/auth/verify_code.ts";
import { validate } from "../../../lib/http/body.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { codeRequest } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{purpose, target}` → `{status: "sent"}`, whether or not anything waits for a code. */
  POST: anyone(async ({ req, state: { exchange, services, fields } }) => {
    await resendCode(services, validate(codeRequest, fields), originOf(req, exchange));
    return ok({ status: "sent" });
  }),
};
