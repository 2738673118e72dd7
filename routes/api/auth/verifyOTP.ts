import { verifyCode } from "../../../lib/auth/verify_code.ts";
import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { welcome } from "../../../lib/http/sign_in.ts";
import { codeCheck } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /**
   * `{purpose, target, code, password? (signup), newPassword? (reset)}` → `{accessToken, user}` for a new account,
   * `{status: "password_changed"}`, `{status: "contact_confirmed"}`.
   */
  POST: anyone(takes(codeCheck, async ({ req, state }, input) => {
    const { exchange, services } = state;
    const verified = await verifyCode(services, input, originOf(req, exchange));
    switch (verified.kind) {
      case "signed-in":
        return welcome(state, verified);
      case "password-changed":
        return ok({ status: "password_changed" });
      case "contact-confirmed":
        return ok({ status: "contact_confirmed" });
    }
  })),
};
