import { requestContact } from "../../../lib/auth/contact_change.ts";
import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { contactChange } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{email | phoneNumber, currentPassword}` → `{status: "sent"}`: a code, to be verified for purpose `contact`. */
  POST: member(takes(contactChange, async ({ req, state: { exchange, services, session } }, input) => {
    await requestContact(services, session, input, originOf(req, exchange));
    return ok({ status: "sent" });
  })),
};
