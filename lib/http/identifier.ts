/** A form's one field for e-mail or phone, as the two fields that actions know. Only one of them has an `@`. */
export function contactOf(identifier: unknown): { email?: string; phoneNumber?: string } {
  const text = typeof identifier === "string" ? identifier.trim() : "";
  return text.includes("@") || text === "" ? { email: text } : { phoneNumber: text };
}

/** What is wrong with either of the two, said of the one. */
export function identifierErrors(errors: Record<string, string>): Record<string, string> {
  const { email, phoneNumber, ...others } = errors;
  const identifier = phoneNumber ?? email;
  return identifier ? { ...others, identifier } : others;
}
