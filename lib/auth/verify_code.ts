/** A code comes back: what was waiting for it is done. */
import { findAccount, setPassword } from "../../db/queries/accounts.ts";
import type { Queryable } from "../../db/client.ts";
import { spendCode } from "../../db/queries/one_time_codes.ts";
import { revokeSessionsOf } from "../../db/queries/sessions.ts";
import { findUser } from "../../db/queries/users.ts";
import { audit } from "../audit/audit.ts";
import { AppError } from "../errors.ts";
import type { CodeCheck, CodeRequest } from "../protocol/forms/accounts.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { reissueCode, takeCode, type TakenCode } from "./codes.ts";
import { type Contact, contactOfTarget } from "./contacts.ts";
import { contactChanged, passwordChanged } from "./letters.ts";
import { type AccountPlan, giveContact, openAccount } from "./open_account.ts";
import { forgotPassword, refuseCommon } from "./password_change.ts";
import type { Origin, SignedIn } from "./sessions.ts";
import { admit } from "./sign_in.ts";
import { spendForBoth, spendForContact } from "./spend.ts";

export type Verified =
  | ({ kind: "signed-in" } & SignedIn)
  | { kind: "password-changed" }
  | { kind: "contact-confirmed" };

/**
 * Takes a code and does what was waiting for it.
 * @throws AppError INVALID_CODE, CONTACT_TAKEN, VALIDATION_FAILED (password, newPassword), RATE_LIMIT_EXCEEDED
 */
export async function verifyCode(services: Services, input: CodeCheck, origin: Origin): Promise<Verified> {
  const contact = contactOfTarget(input.target);
  await spendForContact(services, "codeCheck", contact);
  if (input.purpose === "signup") refuseCommon(services, input.password, "password");
  if (input.purpose === "reset") refuseCommon(services, input.newPassword, "newPassword");
  const taken = await takeCode(services, input.purpose, contact, input.code);
  const { plan } = taken;
  switch (input.purpose) {
    case "register":
      if (plan.kind !== "email-account") throw new AppError("INVALID_CODE");
      return await open(
        services,
        taken,
        { plan, passwordHash: plan.passwordHash, contact },
        origin,
        input.staySignedIn,
      );
    case "signup": {
      if (plan.kind !== "phone-account") throw new AppError("INVALID_CODE");
      const passwordHash = await services.passwords.hash(input.password);
      return await open(services, taken, { plan, passwordHash, contact }, origin, input.staySignedIn);
    }
    case "reset":
      return await reset(services, taken, input.newPassword);
    case "contact":
      return await confirmContact(services, taken, contact);
  }
}

/** Sends another code for what is waiting; says nothing of whether anything is. @throws AppError RATE_LIMIT_EXCEEDED */
export async function resendCode(
  services: Services,
  { purpose, target }: CodeRequest,
  origin: Origin,
): Promise<void> {
  const contact = contactOfTarget(target);
  if (purpose === "reset") {
    const input = contact.kind === "email" ? { email: contact.value } : { phoneNumber: contact.value };
    return await forgotPassword(services, input, origin);
  }
  await spendForBoth(services, "codeRequest", origin.address, contact);
  await reissueCode(services, purpose, contact);
}

async function open(
  services: Services,
  { id: codeId }: TakenCode,
  account: { plan: AccountPlan; passwordHash: string; contact: Contact },
  origin: Origin,
  staySignedIn: boolean,
): Promise<Verified> {
  const { id, ended } = await carryOut(services, codeId, async (sql) => {
    const id = await openAccount(services, sql, account);
    // A guest's session must not grow into a member's: whoever holds a copy of it would grow with it.
    return { id, ended: await revokeSessionsOf(sql, id) };
  });
  for (const session of ended) services.realtime.endSession(session);
  const viewer = await findUser(services.sql, id);
  if (!viewer) throw new AppError("INVALID_CODE");
  return { kind: "signed-in", ...await admit(services, viewer, origin, staySignedIn) };
}

async function reset(
  services: Services,
  { id: codeId, accountId }: TakenCode,
  password: string,
): Promise<Verified> {
  if (!accountId) throw new AppError("INVALID_CODE");
  const hash = await services.passwords.hash(password);
  const ended = await carryOut(services, codeId, async (sql) => {
    const email = (await findAccount(sql, accountId))?.email;
    await setPassword(sql, accountId, hash);
    await audit(sql, { action: "password.reset", actorId: accountId, subjectId: accountId });
    if (email) await services.jobs.enqueue("send-mail", passwordChanged(services.config, email), { sql });
    return await revokeSessionsOf(sql, accountId);
  });
  for (const session of ended) services.realtime.endSession(session);
  return { kind: "password-changed" };
}

async function confirmContact(
  services: Services,
  { id: codeId, plan }: TakenCode,
  contact: Contact,
): Promise<Verified> {
  if (plan.kind !== "contact") throw new AppError("INVALID_CODE");
  const userId: UserId = plan.userId;
  await carryOut(services, codeId, async (sql) => {
    const account = await findAccount(sql, userId);
    if (!account) throw new AppError("INVALID_CODE");
    await giveContact(services, sql, userId, contact);
    const detail = { kind: contact.kind };
    await audit(sql, { action: "contact.changed", actorId: userId, subjectId: userId, detail });
    if (contact.kind === "email" && account.email) {
      await services.jobs.enqueue("send-mail", contactChanged(services.config, account.email), { sql });
    }
  });
  return { kind: "contact-confirmed" };
}

/** Spends the code and does the work, both or neither. @throws AppError INVALID_CODE, CONTACT_TAKEN, USERNAME_TAKEN */
async function carryOut<Value>(
  services: Services,
  codeId: string,
  work: (sql: Queryable) => Promise<Value>,
): Promise<Value> {
  try {
    return await services.sql.begin(async (sql) => {
      if (!await spendCode(sql, codeId, new Date(services.clock()))) throw new AppError("INVALID_CODE");
      return await work(sql);
    }) as Value;
  } catch (error) {
    if (!(error instanceof Error && "constraint_name" in error)) throw error;
    if (error.constraint_name === "users_username") throw new AppError("USERNAME_TAKEN");
    if (error.constraint_name === "users_email" || error.constraint_name === "users_phone") {
      throw new AppError("CONTACT_TAKEN");
    }
    throw error;
  }
}
