import { renewRecoveryCodes } from "../../../../lib/auth/totp_control.ts";
import { takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { member } from "../../../../lib/http/guards.ts";
import { totpProof } from "../../../../lib/protocol/forms/second_factor.ts";

export const handlers = {
  /** `{code | password}` → `{recoveryCodes}` in place of the old ones. */
  POST: member(takes(totpProof, async ({ state: { services, session } }, proof) => {
    return ok({ recoveryCodes: await renewRecoveryCodes(services, session.viewer.id, proof) });
  })),
};
