import { findPasskey, notePasskeyUse, type Passkey } from "../../db/queries/passkeys.ts";
import { findUser } from "../../db/queries/users.ts";
import { encodeBase64Url } from "../base64url.ts";
import { AppError } from "../errors.ts";
import type { AuthenticationResponse } from "../protocol/forms/passkeys.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { CHALLENGE_LIFE, keepChallenge, takeChallenge } from "./passkey_challenges.ts";
import { bytesOf, refuse, rpIdOf, userHandleOf } from "./passkeys.ts";

/** What `navigator.credentials.get()` is asked for. Naming no credential, it is the same for everybody. */
export async function signInOptions(services: Services) {
  const { generateAuthenticationOptions } = await services.webauthn();
  const options = await generateAuthenticationOptions({
    rpID: rpIdOf(services.config),
    userVerification: "required",
    timeout: CHALLENGE_LIFE,
  });
  await keepChallenge(services, "sign-in", options.challenge);
  return options;
}

/**
 * Who holds this passkey. It has made sure of its owner, so nothing more is asked of them.
 * @throws AppError PASSKEY_FAILED for a passkey that is unknown, was copied, answers another challenge or another site
 */
export async function verifyPasskey(services: Services, response: AuthenticationResponse): Promise<Viewer> {
  const passkey = await findPasskey(services.sql, bytesOf(response.id));
  const handle = response.response.userHandle;
  if (!passkey || (handle && handle !== encodeBase64Url(userHandleOf(passkey.userId)))) {
    throw new AppError("PASSKEY_FAILED");
  }
  const counter = await verifiedCounter(services, passkey, response);
  const use = { id: passkey.id, counter, at: new Date(services.clock()) };
  if (!await notePasskeyUse(services.sql, use)) throw new AppError("PASSKEY_FAILED");
  const viewer = await findUser(services.sql, passkey.userId);
  if (!viewer) throw new AppError("PASSKEY_FAILED");
  return viewer;
}

async function verifiedCounter(services: Services, passkey: Passkey, response: AuthenticationResponse) {
  const { config } = services;
  const { verifyAuthenticationResponse } = await services.webauthn();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) => takeChallenge(services, "sign-in", challenge),
    expectedOrigin: [...config.allowedOrigins],
    expectedRPID: rpIdOf(config),
    requireUserVerification: true,
    credential: {
      id: encodeBase64Url(passkey.id),
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.counter,
    },
  }).catch((error: Error) => refuse(services, error));
  if (!verified) throw new AppError("PASSKEY_FAILED");
  return authenticationInfo.newCounter;
}
