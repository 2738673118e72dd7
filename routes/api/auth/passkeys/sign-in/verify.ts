import { verifyPasskey } from "../../../../../lib/auth/passkeys_sign_in.ts";
import { admit } from "../../../../../lib/auth/sign_in.ts";
import { validate } from "../../../../../lib/http/body.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { anyone } from "../../../../../lib/http/guards.ts";
import { giveCookies } from "../../../../../lib/http/identify.ts";
import { originOf } from "../../../../../lib/http/origin.ts";
import { passkeySignIn } from "../../../../../lib/protocol/forms/passkeys.ts";

export const handlers = {
  /** `{response, staySignedIn?}` → `{accessToken, user}` and the session's cookies. */
  POST: anyone(async ({ req, state: { exchange, services, fields } }) => {
    const { response, staySignedIn } = validate(passkeySignIn, fields);
    await services.limits.spend("signIn", exchange.address);
    const viewer = await verifyPasskey(services, response);
    const { session, credentials } = await admit(services, viewer, originOf(req, exchange), staySignedIn);
    giveCookies(exchange, session, credentials.accessToken, credentials.refreshToken);
    return ok({ accessToken: credentials.accessToken, user: session.viewer });
  }),
};
