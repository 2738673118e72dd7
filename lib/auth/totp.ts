/** Time-based one-time passwords (RFC 6238) as a second factor. */
import { Secret, TOTP } from "otpauth";
import { renderSVG } from "uqr";
import { confirmTotp, findTotp, proposeTotp, removeTotp, spendTotpStep } from "../../db/queries/totp.ts";
import { replaceRecoveryCodes } from "../../db/queries/recovery_codes.ts";
import { audit } from "../audit/audit.ts";
import { AppError } from "../errors.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import type { Place } from "../vault/vault.ts";
import { createRecoveryCodes } from "./recovery.ts";

const ISSUER = "Parley";
/** 160 bits, as RFC 4226, section 4 recommends. */
const SECRET_BYTES = 20;
/** Seconds; all authenticator apps know this one. */
const PERIOD = 30;
/** Steps a device's clock may be off, either way. */
const SKEW = 1;

/** What an authenticator app needs, to be shown once. */
export interface TotpSetup {
  /** Base 32, for typing it in. */
  secret: string;
  /** `otpauth://…`, for tapping it. */
  uri: string;
  /** The same as a picture: an `<svg>` element. */
  qr: string;
}

/** Whether signing in asks this account for a second factor. */
export async function hasTotp({ sql }: Services, userId: UserId): Promise<boolean> {
  return (await findTotp(sql, userId))?.confirmedAt instanceof Date;
}

/** Takes a code of the authenticator app. Each is good once, and so is none that is older than one used. */
export async function verifyTotp(services: Services, userId: UserId, code: string): Promise<boolean> {
  const stored = await findTotp(services.sql, userId);
  if (!stored?.confirmedAt) return false;
  const step = stepOf(await openSecret(services, userId, stored.sealed), code, services.clock());
  return step !== null && await spendTotpStep(services.sql, userId, step);
}

/**
 * Proposes a secret; it is in force once {@link enableTotp} has seen a code made with it. Another proposal replaces it.
 * @throws AppError FORBIDDEN when a second factor is in force already
 */
export async function beginTotp(services: Services, viewer: Viewer): Promise<TotpSetup> {
  const secret = new Secret({ size: SECRET_BYTES });
  const sealed = await services.vault.seal(placeOf(viewer.id), secret.base32);
  if (!await proposeTotp(services.sql, viewer.id, sealed)) {
    throw new AppError("FORBIDDEN", { message: "A second factor is on already. Turn it off first." });
  }
  const uri = generator(secret, viewer.username ?? viewer.name).toString();
  return { secret: secret.base32, uri, qr: renderSVG(uri, { border: 4 }) };
}

/**
 * Puts the proposed secret in force.
 * @returns the account's recovery codes, to be shown this once
 * @throws AppError SECOND_FACTOR_FAILED with the field, RATE_LIMIT_EXCEEDED
 */
export async function enableTotp(services: Services, userId: UserId, code: string): Promise<string[]> {
  await services.limits.spend("secondFactor", userId);
  const stored = await findTotp(services.sql, userId);
  const open = stored && !stored.confirmedAt ? await openSecret(services, userId, stored.sealed) : null;
  const step = open && stepOf(open, code, services.clock());
  if (!stored || step === null) throw wrongCode();
  return await services.sql.begin(async (sql) => {
    const change = { sealed: stored.sealed, step, at: new Date(services.clock()) };
    if (!await confirmTotp(sql, userId, change)) throw wrongCode();
    await audit(sql, { action: "second-factor.enabled", actorId: userId, subjectId: userId });
    return await createRecoveryCodes(services, sql, userId);
  });
}

/** Turns the second factor off and voids its recovery codes. The caller has asked for a code or the password. */
export async function disableTotp(services: Services, userId: UserId): Promise<void> {
  await services.sql.begin(async (sql) => {
    await removeTotp(sql, userId);
    await replaceRecoveryCodes(sql, userId, []);
    await audit(sql, { action: "second-factor.disabled", actorId: userId, subjectId: userId });
  });
}

/** The refusal of a code, beside its field. */
export function wrongCode(): AppError {
  return new AppError("SECOND_FACTOR_FAILED", {
    fields: { code: "That code is not right. Codes change every 30 seconds." },
  });
}

/** The time step a code belongs to, within {@link SKEW} of now; `null` when it is wrong. */
function stepOf(secret: Secret, code: string, now: number): number | null {
  const token = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = generator(secret, "").validate({ token, timestamp: now, window: SKEW });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD) + delta;
}

function generator(secret: Secret, label: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, secret, algorithm: "SHA1", digits: 6, period: PERIOD });
}

async function openSecret({ vault }: Services, userId: UserId, sealed: Uint8Array): Promise<Secret> {
  return Secret.fromBase32(await vault.open(placeOf(userId), sealed));
}

/** A secret moved to another account does not open. */
function placeOf(userId: UserId): Place {
  return { table: "users", column: "totp_sealed", row: userId };
}
