import type { VaultSecrets } from "../../lib/vault/vault.ts";

/** A secret as an operator makes one. */
export function randomSecret(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64();
}

export function randomSecrets(more: Partial<VaultSecrets> = {}): VaultSecrets {
  return { current: randomSecret(), old: [], index: randomSecret(), ...more };
}

const CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** A whole environment of production, all of it made up. */
export const PRODUCTION: Record<string, string> = {
  APP_ENV: "production",
  LIMITS_FACTOR: "1",
  PUBLIC_URL: "https://parley.example",
  DATABASE_URL: "postgres://parley:x@db/parley",
  ACCESS_TOKEN_SECRET: CHARACTERS,
  REFRESH_TOKEN_SECRET: CHARACTERS.toUpperCase(),
  ENCRYPTION_KEY: [...CHARACTERS].reverse().join(""),
  SMTP_URL: "smtp://mail.parley.example",
  TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "token",
  TWILIO_FROM_NUMBER: "+12025550100",
};
