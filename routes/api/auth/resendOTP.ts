import { resendCode } from "../../../lib/auth/verify_code.ts";
import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { codeRequest } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{purpose, target}` → `{status: "sent"}`, whether or not anything waits for a code. */
  POST: anyone(takes(codeRequest, async ({ req, state: { exchange, services } }, input) => {
    await resendCode(services, input, originOf(req, exchange));
    return ok({ status: "sent" });
  })),
};
