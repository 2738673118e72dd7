/** The limits of signing in and up, counted by what must not stand in KV in plain. */
import type { Services } from "../services.ts";
import { type Contact, contactIndex } from "./contacts.ts";

type LimitName = Parameters<Services["limits"]["spend"]>[0];

/** Counts one `name` of a contact. @throws AppError RATE_LIMIT_EXCEEDED */
export async function spendForContact(services: Services, name: LimitName, contact: Contact): Promise<void> {
  await services.limits.spend(name, (await contactIndex(services.vault, contact)).toHex());
}

/** Counts one `name` of both the address it comes from and the contact it is about. @throws AppError RATE_LIMIT_EXCEEDED */
export async function spendForBoth(
  services: Services,
  name: LimitName,
  address: string,
  contact: Contact,
): Promise<void> {
  await services.limits.spend(name, address);
  await spendForContact(services, name, contact);
}
