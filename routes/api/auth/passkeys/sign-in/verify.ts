import { verifyPasskey } from "../../../../../lib/auth/passkeys_sign_in.ts";
import { admit } from "../../../../../lib/auth/sign_in.ts";
import { takes } from "../../../../../lib/http/contract.ts";
import { anyone } from "../../../../../lib/http/guards.ts";
import { originOf } from "../../../../../lib/http/origin.ts";
import { welcome } from "../../../../../lib/http/sign_in.ts";
import { passkeySignIn } from "../../../../../lib/protocol/forms/passkeys.ts";

export const handlers = {
  /** `{response, staySignedIn?}` → `{accessToken, user}` and the session's cookies. */
  POST: anyone(takes(passkeySignIn, async ({ req, state }, { response, staySignedIn }) => {
    const { exchange, services } = state;
    await services.limits.spend("signIn", exchange.address);
    const viewer = await verifyPasskey(services, response);
    return await welcome(state, await admit(services, viewer, originOf(req, exchange), staySignedIn));
  })),
};
