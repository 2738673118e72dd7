/** Turning the second factor on and off. */
import { z } from "zod";
import { code, optional, password } from "./fields.ts";

/** `POST /api/auth/totp/confirm` */
export const totpCode = z.strictObject({ code });

/** What shows that it is really the owner who turns it off: a code, a recovery code, or the password. */
export const totpProof = z.strictObject({
  code: optional(z.string().trim().max(40, "That is too long for a code.")),
  password: optional(password),
}).refine(({ code, password }) => code !== undefined || password !== undefined, {
  error: "Enter a code or your password.",
  path: ["code"],
});
export type TotpProof = z.output<typeof totpProof>;
