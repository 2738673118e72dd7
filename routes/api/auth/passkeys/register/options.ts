import { registrationOptions } from "../../../../../lib/auth/passkeys.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { member } from "../../../../../lib/http/guards.ts";

export const handlers = {
  /** What `navigator.credentials.create()` is asked for, as JSON (WebAuthn Level 3, 5.1.9). */
  POST: member(async ({ state: { services, session } }) =>
    ok(await registrationOptions(services, session.viewer))
  ),
};
