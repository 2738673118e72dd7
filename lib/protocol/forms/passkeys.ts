/** What browsers send of a passkey: the JSON forms of Web Authentication Level 3, section 5.1, as far as we read them. */
import { z } from "zod";

/** Signatures, keys and attestations are some hundred bytes; a body of 64 KiB bounds them all the same. */
const base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/, "must be base64url");

const credential = {
  id: base64Url,
  rawId: base64Url,
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional().catch(undefined),
  /** We ask for none that the browser would have to answer for. */
  clientExtensionResults: z.unknown().transform(() => ({})),
};

export const registrationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64Url,
    attestationObject: base64Url,
    transports: z.array(z.string().regex(/^[a-z-]{1,32}$/)).max(8).default([]),
  }),
});

export const authenticationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64Url,
    authenticatorData: base64Url,
    signature: base64Url,
    userHandle: z.string().regex(/^[A-Za-z0-9_-]*$/).nullish().transform((handle) => handle ?? undefined),
  }),
});

/** What the owner calls a passkey. */
export const passkeyName = z.string().trim().min(1, "Give it a name.").max(60, "Use at most 60 characters.");

/** `POST /api/auth/passkeys/register/verify`. Without a name it is called by its kind. */
export const passkeyRegistration = z.strictObject({
  response: registrationResponse,
  name: passkeyName.optional(),
});

/** `POST /api/auth/passkeys/sign-in/verify`. */
export const passkeySignIn = z.strictObject({
  response: authenticationResponse,
  staySignedIn: z.boolean().default(false),
});

/** `PATCH /api/auth/passkeys/:id`. */
export const passkeyRename = z.strictObject({ name: passkeyName });

/** A passkey as its owner sees it. Shape of the items of `GET /api/auth/passkeys`. */
export interface PasskeyView {
  /** Base64url; part of its address. */
  id: string;
  name: string;
  /** ISO 8601. */
  createdAt: string;
  lastUsedAt: string | null;
}

export type RegistrationResponse = z.output<typeof registrationResponse>;
export type AuthenticationResponse = z.output<typeof authenticationResponse>;
