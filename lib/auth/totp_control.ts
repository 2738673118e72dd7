/** The second factor as its owner manages it. */
import { AppError } from "../errors.ts";
import type { TotpProof } from "../protocol/forms/second_factor.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { checkPassword } from "./password_change.ts";
import { createRecoveryCodes, recoveryCodesLeft, useRecoveryCode } from "./recovery.ts";
import { disableTotp, hasTotp, verifyTotp, wrongCode } from "./totp.ts";

export interface TotpState {
  enabled: boolean;
  recoveryCodesLeft: number;
}

export async function describeTotp(services: Services, userId: UserId): Promise<TotpState> {
  const [enabled, left] = await Promise.all([hasTotp(services, userId), recoveryCodesLeft(services, userId)]);
  return { enabled, recoveryCodesLeft: left };
}

/**
 * Turns the second factor off. Somebody who only found the browser open cannot.
 * @throws AppError SECOND_FACTOR_FAILED or INVALID_CREDENTIALS with the field, RATE_LIMIT_EXCEEDED
 */
export async function turnOffTotp(services: Services, userId: UserId, proof: TotpProof): Promise<void> {
  await demandProof(services, userId, proof);
  await disableTotp(services, userId);
}

/** New recovery codes in place of the old ones. @throws as {@link turnOffTotp}; FORBIDDEN without a second factor */
export async function renewRecoveryCodes(
  services: Services,
  userId: UserId,
  proof: TotpProof,
): Promise<string[]> {
  if (!await hasTotp(services, userId)) {
    throw new AppError("FORBIDDEN", { message: "Turn the second factor on first." });
  }
  await demandProof(services, userId, proof);
  return await services.sql.begin((sql) => createRecoveryCodes(services, sql, userId));
}

async function demandProof(services: Services, userId: UserId, { code, password }: TotpProof): Promise<void> {
  await services.limits.spend("secondFactor", userId);
  if (code !== undefined) {
    if (await verifyTotp(services, userId, code) || await useRecoveryCode(services, userId, code)) return;
    throw wrongCode();
  }
  if (await checkPassword(services, userId, password!)) return;
  throw new AppError("INVALID_CREDENTIALS", { fields: { password: "That is not your password." } });
}
