/** Opening an account: what was said waits, sealed, for the code that proves the address or the number. */
import { isUsernameTaken } from "../../db/queries/accounts.ts";
import { AppError } from "../errors.ts";
import type { EmailRegistration, PhoneSignUp } from "../protocol/forms/accounts.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { issueCode } from "./codes.ts";
import { contactOf } from "./contacts.ts";
import { refuseCommon } from "./password_change.ts";
import type { Origin, Session } from "./sessions.ts";
import { spendForContact } from "./spend.ts";

const ADULT_YEARS = 18;

/**
 * Sends a code to a number. The password is set with the code.
 * @returns a name for what is under way, not yet that of a person
 * @throws AppError AGE_RESTRICTED, VALIDATION_FAILED (phoneNumber), RATE_LIMIT_EXCEEDED
 */
export async function signUpByPhone(
  services: Services,
  input: PhoneSignUp,
  { address }: Origin,
  guestId?: UserId,
): Promise<{ userId: string }> {
  await services.limits.spend("signUp", address);
  const contact = contactOf(input);
  demandAdult(services, input.birthYear);
  await spendForContact(services, "codeRequest", contact);
  const name = [input.firstName, input.lastName].filter(Boolean).join(" ") || undefined;
  const plan = { kind: "phone-account", name, birthYear: input.birthYear, guestId } as const;
  return { userId: await issueCode(services, "signup", contact, plan) };
}

/**
 * Sends a code to an e-mail address.
 * @throws AppError USERNAME_TAKEN (usernames are public), VALIDATION_FAILED (password), RATE_LIMIT_EXCEEDED
 */
export async function registerByEmail(
  services: Services,
  input: EmailRegistration,
  { address }: Origin,
  guestId?: UserId,
): Promise<{ userId: string }> {
  await services.limits.spend("signUp", address);
  refuseCommon(services, input.password, "password");
  const contact = contactOf({ email: input.email });
  if (await isUsernameTaken(services.sql, input.username)) {
    throw new AppError("USERNAME_TAKEN", { fields: { username: "Somebody has that username already." } });
  }
  await spendForContact(services, "codeRequest", contact);
  const passwordHash = await services.passwords.hash(input.password);
  const plan = { kind: "email-account", username: input.username, passwordHash, guestId } as const;
  return { userId: await issueCode(services, "register", contact, plan) };
}

/**
 * Makes a guest's account out of their day's stay: with the code their own row becomes the member's, so that words,
 * blocks and name stay theirs.
 * @throws AppError FORBIDDEN for members, and as the other two
 */
export function upgradeGuest(
  services: Services,
  { viewer }: Session,
  input: PhoneSignUp | EmailRegistration,
  origin: Origin,
): Promise<{ userId: string }> {
  if (viewer.tier !== "guest") throw new AppError("FORBIDDEN", { message: "You have an account already." });
  return "email" in input
    ? registerByEmail(services, input, origin, viewer.id)
    : signUpByPhone(services, input, origin, viewer.id);
}

function demandAdult({ clock }: Services, birthYear: number): void {
  if (new Date(clock()).getUTCFullYear() - birthYear >= ADULT_YEARS) return;
  throw new AppError("AGE_RESTRICTED", { fields: { birthYear: "Parley is for people of 18 and older." } });
}
