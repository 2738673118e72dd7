/** Passkeys in the browser: asks the server what to ask the device, asks the device, and sends its answer back. */
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";
import type { PasskeyView } from "../protocol/forms/passkeys.ts";
import { call, type Fetch } from "./api.ts";
import { Refusal } from "./refusal.ts";

/** Whether this browser can hold passkeys at all. */
export { browserSupportsWebAuthn as supportsPasskeys };

const BASE = "/api/auth/passkeys";

/** The calls of a page, whose CSRF token goes with each. */
export function passkeyCalls(fetch: Fetch, csrf: string) {
  const send = <Data>(method: string, path: string, body?: unknown) =>
    call<Data>(fetch, `${BASE}${path}`, {
      method,
      headers: { "X-CSRF-Token": csrf, "Content-Type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    /** Makes a passkey on a device of the person's choice. */
    async register(): Promise<PasskeyView> {
      const optionsJSON = await send<CreationOptions>("POST", "/register/options");
      const response = await startRegistration({ optionsJSON });
      return await send("POST", "/register/verify", { response });
    },
    /** Signs in; the answer brings the cookies. */
    async signIn(staySignedIn: boolean): Promise<void> {
      const optionsJSON = await send<RequestOptions>("POST", "/sign-in/options");
      const response = await startAuthentication({ optionsJSON });
      await send("POST", "/sign-in/verify", { response, staySignedIn });
    },
    rename: (id: string, name: string) => send<null>("PATCH", `/${id}`, { name }),
    remove: (id: string) => send<null>("DELETE", `/${id}`),
  };
}

type CreationOptions = Parameters<typeof startRegistration>[0]["optionsJSON"];
type RequestOptions = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** What to tell somebody when it did not work; `null` when they chose to stop. */
export function passkeyTrouble(error: unknown): string | null {
  if (error instanceof Refusal) return error.message;
  if (error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") {
    return "This device holds a passkey for your account already.";
  }
  // The browser gives the same name to "cancelled", "too late" and "not found", so that sites cannot tell.
  if (error instanceof Error && (error.name === "NotAllowedError" || error.name === "AbortError")) {
    return null;
  }
  return "This device could not do that. Try another one, or another way in.";
}
