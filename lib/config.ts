import { type Environment, readEnvironment } from "./environment.ts";
import { developmentSecrets } from "./secrets.ts";
import type { VaultSecrets } from "./vault/vault.ts";

export { ConfigError } from "./environment.ts";

export interface Config {
  development: boolean;
  port: number;
  host: string;
  /** Where people reach this server; no trailing slash. */
  publicUrl: string;
  /** Origins whose pages may call us with cookies or open sockets. */
  allowedOrigins: ReadonlySet<string>;
  dataDir: string;
  /** Unset: the embedded PostgreSQL in the data folder. */
  databaseUrl?: string;
  /** Path or address of the KV store. */
  kvUrl: string;
  accessTokenSecret: string;
  refreshTokenSecret: string;
  vault: VaultSecrets;
  mail: MailSettings;
  sms: SmsSettings;
  /** Becomes an administrator when they confirm this address. */
  adminEmail?: string;
  /** The most that somebody who makes a ghost room may ask for. */
  ghostRooms: { maxHours: number; maxCapacity: number };
  /** How many proxies stand in front and append to `X-Forwarded-For`. */
  trustProxy: number;
  /** Multiplies every limit; for tests and benches. */
  limitsFactor: number;
}

/** Who sends mails. `outbox`: nobody; they are kept for the developer to see. */
export type MailSettings =
  | { by: "resend"; apiKey: string; from: string; baseUrl?: string }
  | { by: "smtp"; url: string; from: string }
  | { by: "outbox" };

/** Who sends text messages. `from` is a number, or the id of a Twilio messaging service. */
export type SmsSettings =
  | { by: "twilio"; accountSid: string; authToken: string; from: string; baseUrl?: string }
  | { by: "outbox" };

/**
 * Reads the environment. In development missing secrets are made once and kept in the data folder.
 * @throws ConfigError naming every variable that is missing, malformed or too weak.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const values = readEnvironment(env);
  const development = values.APP_ENV === "development";
  const secrets = development ? developmentSecrets(values.DATA_DIR) : undefined;
  const publicUrl = (values.PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, "");
  const encryptionKey = values.ENCRYPTION_KEY ?? secrets!.encryptionKey;
  return {
    development,
    port: values.PORT,
    host: values.HOST,
    publicUrl,
    allowedOrigins: originsOf(publicUrl, values.ALLOWED_ORIGINS, development, values.PORT),
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    kvUrl: values.KV_URL ?? `${values.DATA_DIR}/kv.sqlite`,
    accessTokenSecret: values.ACCESS_TOKEN_SECRET ?? secrets!.accessTokenSecret,
    refreshTokenSecret: values.REFRESH_TOKEN_SECRET ?? secrets!.refreshTokenSecret,
    vault: {
      current: encryptionKey,
      phone: values.PHONE_ENC_KEY,
      old: values.ENCRYPTION_KEYS_OLD,
      index: values.INDEX_KEY ?? encryptionKey,
    },
    mail: mailOf(values, publicUrl),
    sms: smsOf(values),
    adminEmail: values.ADMIN_EMAIL,
    ghostRooms: { maxHours: values.ROOM_TTL_HOURS, maxCapacity: values.ROOM_MAX_CAPACITY },
    trustProxy: values.TRUST_PROXY,
    limitsFactor: values.LIMITS_FACTOR,
  };
}

function mailOf(values: Environment, publicUrl: string): MailSettings {
  const { RESEND_API_KEY: apiKey, RESEND_FROM_EMAIL: resendFrom, SMTP_URL: url } = values;
  if (apiKey) return { by: "resend", apiKey, from: resendFrom!, baseUrl: values.RESEND_BASE_URL };
  const from = values.SMTP_FROM_EMAIL ?? resendFrom ?? `Parley <parley@${new URL(publicUrl).hostname}>`;
  return url ? { by: "smtp", url, from } : { by: "outbox" };
}

function smsOf(values: Environment): SmsSettings {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM_NUMBER: from } = values;
  return accountSid
    ? { by: "twilio", accountSid, authToken: authToken!, from: from!, baseUrl: values.TWILIO_BASE_URL }
    : { by: "outbox" };
}

function originsOf(publicUrl: string, more: string[], development: boolean, port: number): Set<string> {
  const own = development ? [`http://localhost:${port}`, `http://127.0.0.1:${port}`] : [];
  return new Set([publicUrl, ...more, ...own].map((url) => new URL(url).origin));
}
