import { changePassword } from "../../../lib/auth/password_change.ts";
import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { changePassword as form } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{currentPassword, newPassword}`; all other sessions end. */
  POST: member(takes(form, async ({ req, state: { exchange, services, session } }, input) => {
    await changePassword(services, session, input, originOf(req, exchange));
    return ok({ status: "password_changed" });
  })),
};
