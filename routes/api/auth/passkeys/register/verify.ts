import { registerPasskey } from "../../../../../lib/auth/passkeys.ts";
import { takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { member } from "../../../../../lib/http/guards.ts";
import { passkeyRegistration } from "../../../../../lib/protocol/forms/passkeys.ts";

export const handlers = {
  /** `{response, name?}` → the passkey, as the list shows it. */
  POST: member(takes(passkeyRegistration, async ({ state: { services, session } }, input) => {
    return ok(await registerPasskey(services, session.viewer.id, input));
  })),
};
