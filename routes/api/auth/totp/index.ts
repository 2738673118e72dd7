import { beginTotp } from "../../../../lib/auth/totp.ts";
import { describeTotp, turnOffTotp } from "../../../../lib/auth/totp_control.ts";
import { takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { member } from "../../../../lib/http/guards.ts";
import { totpProof } from "../../../../lib/protocol/forms/second_factor.ts";

export const handlers = {
  /** `{enabled, recoveryCodesLeft}` */
  GET: member(async ({ state: { services, session } }) =>
    ok(await describeTotp(services, session.viewer.id))
  ),

  /** Proposes a secret: `{secret, uri, qr}`, which can be read this once. */
  POST: member(async ({ state: { services, session } }) => ok(await beginTotp(services, session.viewer))),

  /** `{code | password}` turns the second factor off. */
  DELETE: member(takes(totpProof, async ({ state: { services, session } }, input) => {
    await turnOffTotp(services, session.viewer.id, input);
    return ok(null);
  })),
};
