/** How an account is reached: an e-mail address or a phone number, always in the one spelling that is compared. */
import { parsePhoneNumberFromString } from "libphonenumber-js";
import { findByEmail, findByPhone } from "../../db/queries/accounts.ts";
import { AppError } from "../errors.ts";
import { email as emailField } from "../protocol/forms/fields.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import type { Place, Vault } from "../vault/vault.ts";

/** `value` is in small letters, or E.164. */
export interface Contact {
  kind: "email" | "phone";
  value: string;
}

const BAD_NUMBER = "Write the whole number with its country, such as +34 612 345 678.";

/** @throws AppError VALIDATION_FAILED for a number that no country gives out. */
export function contactOf({ email, phoneNumber }: { email?: string; phoneNumber?: string }): Contact {
  return email === undefined
    ? phoneContact(phoneNumber ?? "", "phoneNumber")
    : { kind: "email", value: email };
}

/** What a code's `target` names. @throws AppError VALIDATION_FAILED */
export function contactOfTarget(target: string): Contact {
  if (!target.includes("@")) return phoneContact(target, "target");
  const parsed = emailField.safeParse(target);
  if (parsed.success) return { kind: "email", value: parsed.data };
  throw new AppError("VALIDATION_FAILED", { fields: { target: parsed.error.issues[0]!.message } });
}

function phoneContact(text: string, field: string): Contact {
  const number = parsePhoneNumberFromString(text);
  if (!number?.isValid()) throw new AppError("VALIDATION_FAILED", { fields: { [field]: BAD_NUMBER } });
  return { kind: "phone", value: number.number };
}

/** Names a contact where it must not be readable: in the counts of KV, in the table of codes. */
export function contactIndex(vault: Vault, { kind, value }: Contact): Promise<Uint8Array> {
  return vault.index("contact", `${kind}|${value}`);
}

/** The blind index that an account is found under by its number. */
export function phoneIndex(vault: Vault, number: string): Promise<Uint8Array> {
  return vault.index("users.phone", number);
}

export function phonePlace(userId: UserId): Place {
  return { table: "users", column: "phone_sealed", row: userId };
}

/** The account a contact belongs to. */
export async function findByContact({ sql, vault }: Services, { kind, value }: Contact) {
  return kind === "email"
    ? await findByEmail(sql, value)
    : await findByPhone(sql, await phoneIndex(vault, value));
}
