import { type Environment, readEnvironment } from "./environment.ts";
import { developmentSecrets } from "./secrets.ts";
import type { VaultSecrets } from "./vault/vault.ts";

export { ConfigError } from "./environment.ts";

const MIB = 1024 * 1024;

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
  /** Without it nothing is sent to browsers that are away. */
  push?: PushSettings;
  /** Where files are kept. */
  storage: StorageSettings;
  /** Bytes: one file, and all files that one person has in rooms. */
  uploads: { maxFileBytes: number; maxUserBytes: number };
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

/** `disk`: the data folder of this machine. */
export type StorageSettings =
  | { by: "disk" }
  | {
    by: "s3";
    endpoint: string;
    bucket: string;
    region: string;
    accessKeyId: string;
    secretAccessKey: string;
  };

/** Who we are to push services (VAPID, RFC 8292). Keys in base64url. */
export interface PushSettings {
  privateKey: string;
  /** Held against the private one; it follows from that. */
  publicKey?: string;
  /** Whom a push service turns to: `mailto:` or `https:`. */
  subject: string;
  /** Push services on this machine are taken too. */
  loopback: boolean;
}

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
    push: pushOf(values, publicUrl, secrets?.vapidPrivateKey),
    storage: storageOf(values),
    uploads: { maxFileBytes: values.MAX_FILE_SIZE_MB * MIB, maxUserBytes: values.USER_FILES_MB * MIB },
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

function storageOf(values: Environment): StorageSettings {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region } = values;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  if (!endpoint) return { by: "disk" };
  return {
    by: "s3",
    endpoint,
    bucket: bucket!,
    region,
    accessKeyId: accessKeyId!,
    secretAccessKey: secretAccessKey!,
  };
}

/** Production without keys sends none: they cannot be made up, for browsers are tied to them for years. */
function pushOf(values: Environment, publicUrl: string, made: string | undefined): PushSettings | undefined {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: given, VAPID_SUBJECT } = values;
  const privateKey = given ?? made;
  if (privateKey === undefined) return undefined;
  const { protocol, hostname, href } = new URL(publicUrl);
  const subject = VAPID_SUBJECT ?? (protocol === "https:" ? href : `mailto:parley@${hostname}`);
  return { privateKey, publicKey, subject, loopback: values.APP_ENV === "development" };
}

function originsOf(publicUrl: string, more: string[], development: boolean, port: number): Set<string> {
  const own = development ? [`http://localhost:${port}`, `http://127.0.0.1:${port}`] : [];
  return new Set([publicUrl, ...more, ...own].map((url) => new URL(url).origin));
}
