/** Accounts: one schema for the form, the REST body and the documentation. */
import { z } from "zod";
import {
  birthYear,
  choice,
  code,
  email,
  newPassword,
  optional,
  password,
  phoneNumber,
  username,
} from "./fields.ts";

const personName = z.string().trim().min(1).max(40, "Use at most 40 characters.")
  .regex(/^[\p{L}\p{M}][\p{L}\p{M}\p{N} .'’-]*$/u, "Use letters.");

/** `POST /api/auth/signup` */
export const phoneSignUp = z.strictObject({
  phoneNumber,
  firstName: optional(personName),
  lastName: optional(personName),
  birthYear,
});

/** `POST /api/auth/register` */
export const emailRegistration = z.strictObject({ email, username, password: newPassword });

/** `POST /api/auth/upgrade`: the body of either. */
export const upgrade = z.union([emailRegistration, phoneSignUp]);

const ONE_CONTACT = "Enter either your e-mail address or your phone number.";
const oneContact = ({ email, phoneNumber }: { email?: string; phoneNumber?: string }) =>
  (email === undefined) !== (phoneNumber === undefined);

/** `POST /api/auth/signin` */
export const signIn = z.strictObject({
  email: optional(email),
  phoneNumber: optional(phoneNumber),
  password,
  staySignedIn: choice,
}).refine(oneContact, { error: ONE_CONTACT, path: ["email"] });

/** `POST /api/auth/login`: by e-mail only. */
export const emailSignIn = z.strictObject({ email, password, staySignedIn: choice });

/** `POST /api/auth/second-factor`: the code of an authenticator app, or a recovery code. */
export const secondFactor = z.strictObject({
  ticket: z.string().min(1).max(200),
  code: z.string("Enter the code.").trim().min(6, "Enter the whole code.").max(
    40,
    "That is too long for a code.",
  ),
});

/** `POST /api/auth/refresh`. A browser sends its cookie and an empty body. */
export const refresh = z.strictObject({ refreshToken: z.string().min(1).max(200).optional() });

export const changePassword = z.strictObject({ currentPassword: password, newPassword });

/** `POST /api/auth/forgetPassword` */
export const forgotPassword = z.strictObject({ email: optional(email), phoneNumber: optional(phoneNumber) })
  .refine(oneContact, { error: ONE_CONTACT, path: ["email"] });

/** `POST /api/auth/contact`: another address or number for one's account. */
export const contactChange = z.strictObject({
  email: optional(email),
  phoneNumber: optional(phoneNumber),
  currentPassword: password,
}).refine(oneContact, { error: ONE_CONTACT, path: ["email"] });

/** Where a code went: an e-mail address or a phone number. */
const target = z.string("Say where the code went.").trim().min(3, "Say where the code went.").max(254);

/** `POST /api/auth/verifyOTP` */
export const codeCheck = z.discriminatedUnion("purpose", [
  z.strictObject({ purpose: z.literal("register"), target, code, staySignedIn: choice }),
  z.strictObject({ purpose: z.literal("signup"), target, code, password: newPassword, staySignedIn: choice }),
  z.strictObject({ purpose: z.literal("reset"), target, code, newPassword }),
  z.strictObject({ purpose: z.literal("contact"), target, code }),
]);

export const codePurpose = z.enum(["register", "signup", "reset", "contact"]);

/** `POST /api/auth/resendOTP` */
export const codeRequest = z.strictObject({ purpose: codePurpose, target });

export type PhoneSignUp = z.output<typeof phoneSignUp>;
export type EmailRegistration = z.output<typeof emailRegistration>;
export type SignIn = z.output<typeof signIn>;
export type SecondFactor = z.output<typeof secondFactor>;
export type ChangePassword = z.output<typeof changePassword>;
export type ForgotPassword = z.output<typeof forgotPassword>;
export type ContactChange = z.output<typeof contactChange>;
export type CodeCheck = z.output<typeof codeCheck>;
export type CodeRequest = z.output<typeof codeRequest>;
export type CodePurpose = z.output<typeof codePurpose>;
