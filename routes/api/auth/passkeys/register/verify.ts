import { registerPasskey } from "../../../../../lib/auth/passkeys.ts";
import { validate } from "../../../../../lib/http/body.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { member } from "../../../../../lib/http/guards.ts";
import { passkeyRegistration } from "../../../../../lib/protocol/forms/passkeys.ts";

export const handlers = {
  /** `{response, name?}` → the passkey, as the list shows it. */
  POST: member(async ({ state: { services, session, fields } }) => {
    return ok(await registerPasskey(services, session.viewer.id, validate(passkeyRegistration, fields)));
  }),
};
