import { signInOptions } from "../../../../../lib/auth/passkeys_sign_in.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { anyone } from "../../../../../lib/http/guards.ts";

export const handlers = {
  /** What `navigator.credentials.get()` is asked for, as JSON (WebAuthn Level 3, 5.1.10). */
  POST: anyone(async ({ state: { services } }) => ok(await signInOptions(services))),
};
