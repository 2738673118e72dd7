import type { ContactChange } from "../protocol/forms/accounts.ts";
import type { Services } from "../services.ts";
import { issueCode } from "./codes.ts";
import { contactOf } from "./contacts.ts";
import { demandPassword } from "./password_change.ts";
import type { Origin, Session } from "./sessions.ts";
import { spendForBoth } from "./spend.ts";

/**
 * Sends a code to the address or number that a member wants for their account; it takes effect with the code.
 * @throws AppError INVALID_CREDENTIALS (currentPassword), VALIDATION_FAILED (phoneNumber), RATE_LIMIT_EXCEEDED
 */
export async function requestContact(
  services: Services,
  { viewer }: Session,
  input: ContactChange,
  { address }: Origin,
): Promise<void> {
  const contact = contactOf(input);
  await services.limits.spend("changePassword", viewer.id);
  await spendForBoth(services, "codeRequest", address, contact);
  await demandPassword(services, viewer.id, input.currentPassword);
  await issueCode(services, "contact", contact, { kind: "contact", userId: viewer.id });
}
