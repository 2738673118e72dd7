import { enableTotp } from "../../../../lib/auth/totp.ts";
import { takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { member } from "../../../../lib/http/guards.ts";
import { totpCode } from "../../../../lib/protocol/forms/second_factor.ts";

export const handlers = {
  /** `{code}` puts the proposed secret in force → `{recoveryCodes}`, which can be read this once. */
  POST: member(takes(totpCode, async ({ state: { services, session } }, { code }) => {
    return ok({ recoveryCodes: await enableTotp(services, session.viewer.id, code) });
  })),
};
