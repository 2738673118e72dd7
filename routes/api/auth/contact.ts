import { requestContact } from "../../../lib/auth/contact_change.ts";
import { validate } from "../../../lib/http/body.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { originOf } from "../../../lib/http/origin.ts";
import { contactChange } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /** `{email | phoneNumber, currentPassword}` → `{status: "sent"}`: a code, to be verified for purpose `contact`. */
  POST: member(async ({ req, state: { exchange, services, session, fields } }) => {
    await requestContact(services, session, validate(contactChange, fields), originOf(req, exchange));
    return ok({ status: "sent" });
  }),
};
