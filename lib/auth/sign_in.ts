/** Signing in by password, and by the second factor when there is one. */
import { findUser } from "../../db/queries/users.ts";
import { AppError } from "../errors.ts";
import type { SecondFactor, SignIn } from "../protocol/forms/accounts.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { contactOf, findByContact } from "./contacts.ts";
import { useRecoveryCode } from "./recovery.ts";
import { issueTicket, openTicket, spendTicket } from "./second_factor_tickets.ts";
import { LONG_STAY, type Origin, SHORT_STAY, type SignedIn, startSession } from "./sessions.ts";
import { spendForBoth } from "./spend.ts";
import { hasTotp, verifyTotp } from "./totp.ts";

export type SignInResult = ({ kind: "signed-in" } & SignedIn) | { kind: "second-factor"; ticket: string };

/** What both ways of signing in bring. */
type Credentials = Pick<SignIn, "email" | "phoneNumber" | "password" | "staySignedIn">;

/**
 * Signs a member in. An account that does not exist and a wrong password are refused alike, and as slowly.
 * @throws AppError INVALID_CREDENTIALS, RATE_LIMIT_EXCEEDED
 */
export async function signIn(services: Services, input: Credentials, origin: Origin): Promise<SignInResult> {
  const contact = contactOf(input);
  await spendForBoth(services, "signIn", origin.address, contact);
  const account = await findByContact(services, contact);
  const right = await services.passwords.verify(input.password, account?.passwordHash ?? null);
  if (!account || !right) throw new AppError("INVALID_CREDENTIALS");
  const { viewer } = account;
  if (await hasTotp(services, viewer.id)) {
    return { kind: "second-factor", ticket: await issueTicket(services, viewer.id, input.staySignedIn) };
  }
  return { kind: "signed-in", ...await admit(services, viewer, origin, input.staySignedIn) };
}

/**
 * The second step: a code of the authenticator app, or a recovery code.
 * @throws AppError INVALID_TICKET, SECOND_FACTOR_FAILED, RATE_LIMIT_EXCEEDED
 */
export async function finishSecondFactor(
  services: Services,
  { ticket, code }: SecondFactor,
  origin: Origin,
): Promise<SignedIn> {
  const opened = await openTicket(services, ticket);
  if (!opened) throw new AppError("INVALID_TICKET");
  await services.limits.spend("secondFactor", opened.userId);
  const right = await verifyTotp(services, opened.userId, code) ||
    await useRecoveryCode(services, opened.userId, code);
  if (!right) throw new AppError("SECOND_FACTOR_FAILED", { fields: { code: "That code is not right." } });
  const viewer = await findUser(services.sql, opened.userId);
  if (!viewer || !await spendTicket(services, opened)) throw new AppError("INVALID_TICKET");
  return await admit(services, viewer, origin, opened.staySignedIn);
}

/** Begins the session of a member who has proven to be one: of 30 days, or of the browser's own. */
export function admit(
  services: Services,
  viewer: Viewer,
  origin: Origin,
  staySignedIn: boolean,
): Promise<SignedIn> {
  return startSession(services, viewer, origin, staySignedIn ? LONG_STAY : SHORT_STAY);
}
