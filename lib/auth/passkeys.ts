/** Passkeys (Web Authentication Level 3): registering them, signing in by one, keeping them in order. */
import {
  addPasskey,
  type Passkey,
  passkeysOf,
  removePasskey,
  renamePasskey,
} from "../../db/queries/passkeys.ts";
import { audit } from "../audit/audit.ts";
import { encodeBase64Url } from "../base64url.ts";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { PasskeyView, RegistrationResponse } from "../protocol/forms/passkeys.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { CHALLENGE_LIFE, keepChallenge, takeChallenge } from "./passkey_challenges.ts";

const PASSKEYS_MAX = 20;

/**
 * What `navigator.credentials.create()` is asked for: a discoverable credential, so that nobody has to type a name
 * later, and one that makes sure of its owner by finger, face or PIN, so that it counts for two factors.
 */
export async function registrationOptions(services: Services, viewer: Viewer) {
  const known = await passkeysOf(services.sql, viewer.id);
  if (known.length >= PASSKEYS_MAX) {
    throw new AppError("FORBIDDEN", {
      message: `An account has at most ${PASSKEYS_MAX} passkeys. Remove one first.`,
    });
  }
  const { generateRegistrationOptions } = await services.webauthn();
  const options = await generateRegistrationOptions({
    rpName: "Parley",
    rpID: rpIdOf(services.config),
    userID: userHandleOf(viewer.id),
    userName: viewer.username ?? viewer.name,
    userDisplayName: viewer.name,
    timeout: CHALLENGE_LIFE,
    attestationType: "none",
    excludeCredentials: known.map(({ id, transports }) => ({ id: encodeBase64Url(id), transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await keepChallenge(services, `register ${viewer.id}`, options.challenge);
  return options;
}

/**
 * Keeps the passkey that the browser has made.
 * @throws AppError PASSKEY_FAILED when it answers another challenge, comes from another site, did not make sure of its
 * owner, or is known already
 */
export async function registerPasskey(
  services: Services,
  userId: UserId,
  { response, name }: { response: RegistrationResponse; name?: string },
): Promise<PasskeyView> {
  const info = await verifiedRegistration(services, userId, response);
  const { transports } = response.response;
  const passkey = {
    id: bytesOf(info.credential.id),
    userId,
    publicKey: info.credential.publicKey,
    counter: info.credential.counter,
    transports,
    name: name ?? nameFor(transports),
  };
  const at = new Date(services.clock());
  await services.sql.begin(async (sql) => {
    if (!await addPasskey(sql, passkey, at)) throw new AppError("PASSKEY_FAILED");
    await audit(sql, { action: "passkey.added", actorId: userId, subjectId: userId });
  });
  return toView({ ...passkey, createdAt: at, lastUsedAt: null });
}

async function verifiedRegistration(services: Services, userId: UserId, response: RegistrationResponse) {
  const { config } = services;
  const { verifyRegistrationResponse } = await services.webauthn();
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (challenge) => takeChallenge(services, `register ${userId}`, challenge),
    expectedOrigin: [...config.allowedOrigins],
    expectedRPID: rpIdOf(config),
    requireUserVerification: true,
  }).catch((error: Error) => refuse(services, error));
  if (!verified.verified) throw new AppError("PASSKEY_FAILED");
  return verified.registrationInfo;
}

/** An account's passkeys, oldest first. */
export async function listPasskeys({ sql }: Services, userId: UserId): Promise<PasskeyView[]> {
  return (await passkeysOf(sql, userId)).map(toView);
}

/** @throws AppError NOT_FOUND unless it is theirs */
export async function renameOwnPasskey(
  { sql }: Services,
  userId: UserId,
  id: string,
  name: string,
): Promise<void> {
  if (!await renamePasskey(sql, userId, bytesOf(id), name)) throw new AppError("NOT_FOUND");
}

/** @throws AppError NOT_FOUND unless it is theirs */
export async function removeOwnPasskey({ sql }: Services, userId: UserId, id: string): Promise<void> {
  await sql.begin(async (sql) => {
    if (!await removePasskey(sql, userId, bytesOf(id))) throw new AppError("NOT_FOUND");
    await audit(sql, { action: "passkey.removed", actorId: userId, subjectId: userId });
  });
}

/** Passkeys belong to a host name: those made for another one are of no use here. */
export function rpIdOf({ publicUrl }: Config): string {
  return new URL(publicUrl).hostname;
}

/** Comes back with every sign-in and names the account; no more than its id, which is no secret. */
export function userHandleOf(userId: UserId): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(userId);
}

/** What the library says is wrong goes to the log, at a level nobody watches; the asker learns that it failed. */
export function refuse({ log }: Services, error: Error): never {
  log.debug({ error: error.message }, "a passkey was refused");
  throw new AppError("PASSKEY_FAILED");
}

/** @throws AppError NOT_FOUND for what cannot be a credential id */
export function bytesOf(id: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.fromBase64(id, { alphabet: "base64url" });
  } catch {
    throw new AppError("NOT_FOUND");
  }
}

/** Named by where it lives, until its owner knows better. */
function nameFor(transports: string[]): string {
  if (transports.includes("internal")) return "This device";
  if (transports.includes("hybrid")) return "Phone or tablet";
  return transports.length > 0 ? "Security key" : "Passkey";
}

function toView(
  { id, name, createdAt, lastUsedAt }: Pick<Passkey, "id" | "name" | "createdAt" | "lastUsedAt">,
) {
  return {
    id: encodeBase64Url(id),
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  } satisfies PasskeyView;
}
