/** Choosing another password, by the old one or by a code. */
import { findAccount, setPassword } from "../../db/queries/accounts.ts";
import { revokeSessionsOf } from "../../db/queries/sessions.ts";
import { audit } from "../audit/audit.ts";
import { AppError } from "../errors.ts";
import type { ChangePassword, ForgotPassword } from "../protocol/forms/accounts.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { issueCode } from "./codes.ts";
import { contactOf } from "./contacts.ts";
import { passwordChanged } from "./letters.ts";
import type { Origin, Session } from "./sessions.ts";
import { spendForBoth } from "./spend.ts";

/** Sends a code for a new password, or word that there is no account. @throws AppError RATE_LIMIT_EXCEEDED */
export async function forgotPassword(
  services: Services,
  input: ForgotPassword,
  { address }: Origin,
): Promise<void> {
  const contact = contactOf(input);
  await spendForBoth(services, "forgotPassword", address, contact);
  await issueCode(services, "reset", contact, { kind: "reset" });
}

/**
 * Changes the password of who is signed in; their other sessions end.
 * @throws AppError INVALID_CREDENTIALS (currentPassword), VALIDATION_FAILED (newPassword), RATE_LIMIT_EXCEEDED
 */
export async function changePassword(
  services: Services,
  { id: sessionId, viewer }: Session,
  { currentPassword, newPassword }: ChangePassword,
  { address }: Origin,
): Promise<void> {
  await services.limits.spend("changePassword", address);
  await services.limits.spend("changePassword", viewer.id);
  refuseCommon(services, newPassword, "newPassword");
  await demandPassword(services, viewer.id, currentPassword);
  const hash = await services.passwords.hash(newPassword);
  const ended = await services.sql.begin(async (sql) => {
    await setPassword(sql, viewer.id, hash);
    await audit(sql, { action: "password.changed", actorId: viewer.id, subjectId: viewer.id });
    const email = (await findAccount(sql, viewer.id))?.email;
    if (email) await services.jobs.enqueue("send-mail", passwordChanged(services.config, email), { sql });
    return await revokeSessionsOf(sql, viewer.id, sessionId);
  });
  for (const id of ended) services.realtime.endSession(id);
}

/** Whether this is the account's password. The caller counts the tries. */
export async function checkPassword(
  { sql, passwords }: Services,
  userId: UserId,
  password: string,
): Promise<boolean> {
  return await passwords.verify(password, (await findAccount(sql, userId))?.passwordHash ?? null);
}

/** @throws AppError INVALID_CREDENTIALS with the field */
export async function demandPassword(services: Services, userId: UserId, password: string): Promise<void> {
  if (await checkPassword(services, userId, password)) return;
  const message = "That is not your password.";
  throw new AppError("INVALID_CREDENTIALS", { message, fields: { currentPassword: message } });
}

/** @throws AppError VALIDATION_FAILED with `field` */
export function refuseCommon({ passwords }: Services, password: string, field: string): void {
  if (!passwords.isCommon(password)) return;
  const message = "That password is among the first that are tried. Choose another one.";
  throw new AppError("VALIDATION_FAILED", { fields: { [field]: message } });
}
