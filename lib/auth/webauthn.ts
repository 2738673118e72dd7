/**
 * The library that reads what authenticators say. It comes with the services and is loaded when the first passkey is
 * used: much of it is certificates, and it does not stand being bundled with the pages.
 */
export type WebAuthn = typeof import("@simplewebauthn/server");

export function loadWebAuthn(): Promise<WebAuthn> {
  return import("@simplewebauthn/server");
}
