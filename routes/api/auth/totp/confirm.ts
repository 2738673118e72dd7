import { enableTotp } from "../../../../lib/auth/totp.ts";
import { validate } from "../../../../lib/http/body.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { member } from "../../../../lib/http/guards.ts";
import { totpCode } from "../../../../lib/protocol/forms/second_factor.ts";

export const handlers = {
  /** `{code}` puts the proposed secret in force → `{recoveryCodes}`, which can be read this once. */
  POST: member(async ({ state: { services, session, fields } }) => {
    const { code } = validate(totpCode, fields);
    return ok({ recoveryCodes: await enableTotp(services, session.viewer.id, code) });
  }),
};
