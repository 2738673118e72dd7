import { z } from "zod";
import { GHOST_CAPACITY, GHOST_TTL_HOURS } from "./protocol/limits.ts";

/** Secrets shorter than this can be guessed offline from one token (HS256 asks for 256 bits: RFC 7518, 3.2). */
const SECRET_MIN_CHARACTERS = 32;

const secret = z.string().min(SECRET_MIN_CHARACTERS, `needs at least ${SECRET_MIN_CHARACTERS} characters`)
  .refine((value) => new Set(value).size >= 10, "is too regular to be secret: use random characters");
const count = z.coerce.number().int();
const list = z.string().transform((text) => text.split(",").map((item) => item.trim()).filter(Boolean));
/** `parley@example.org` or `Parley <parley@example.org>`. */
const mailbox = z.string().regex(
  /^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
  "must be an address, or a name and an address: Parley <parley@example.org>",
);

const environment = z.object({
  APP_ENV: z.enum(["development", "production"]).default("development"),
  PORT: count.min(1).max(65535).default(8000),
  HOST: z.string().min(1).default("0.0.0.0"),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  KV_URL: z.string().min(1).optional(),
  // Read by Deno itself, when it opens a KV that is an address.
  DENO_KV_ACCESS_TOKEN: z.string().min(12, "needs at least 12 characters, or denokv does not start with it")
    .optional(),
  ACCESS_TOKEN_SECRET: secret.optional(),
  REFRESH_TOKEN_SECRET: secret.optional(),
  ENCRYPTION_KEY: secret.optional(),
  PHONE_ENC_KEY: secret.optional(),
  ENCRYPTION_KEYS_OLD: list.pipe(z.array(secret)).default([]),
  INDEX_KEY: secret.optional(),
  TRUST_PROXY: count.min(0).max(10).default(0),
  ALLOWED_ORIGINS: list.pipe(z.array(z.url({ protocol: /^https?$/ }))).default([]),
  LIMITS_FACTOR: z.coerce.number().positive().default(1),
  RESEND_API_KEY: z.string().optional(),
  RESEND_FROM_EMAIL: mailbox.optional(),
  RESEND_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SMTP_FROM_EMAIL: mailbox.optional(),
  TWILIO_ACCOUNT_SID: z.string().startsWith("AC", "begins with AC").optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM_NUMBER: z.string().regex(
    /^(\+[1-9]\d{6,14}|MG\w{32})$/,
    "must be a number such as +12025550123",
  ).optional(),
  TWILIO_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  VAPID_PUBLIC_KEY: z.string().regex(
    /^B[A-Za-z0-9_-]{86}$/,
    "must be a key of P-256 in base64url, 87 characters",
  )
    .optional(),
  VAPID_PRIVATE_KEY: z.string().regex(
    /^[A-Za-z0-9_-]{43}$/,
    "must be a key of P-256 in base64url, 43 characters",
  )
    .optional(),
  VAPID_SUBJECT: z.string().regex(
    /^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/,
    "must begin with mailto: or https:",
  )
    .optional(),
  ADMIN_EMAIL: z.email().optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be a bucket's name").optional(),
  S3_REGION: z.string().min(1).default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  MAX_FILE_SIZE_MB: count.min(1).max(100).default(10),
  USER_FILES_MB: count.min(1).default(200),
  ROOM_TTL_HOURS: count.min(GHOST_TTL_HOURS.min).max(GHOST_TTL_HOURS.max).default(GHOST_TTL_HOURS.max),
  ROOM_MAX_CAPACITY: count.min(GHOST_CAPACITY.min).max(GHOST_CAPACITY.max).default(GHOST_CAPACITY.max),
});

/** Every variable that is read from the environment, but for those of the log and of `deno serve` itself. */
export const ENVIRONMENT_NAMES: readonly string[] = Object.keys(environment.shape);

export type Environment = z.output<typeof environment>;
type Name = keyof Environment;
type Given = Partial<Record<Name, string>>;

/** Everything that is wrong with the environment, in one go. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`Parley cannot start:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

/** @throws ConfigError naming every variable that is missing, malformed or too weak. */
export function readEnvironment(env: Record<string, string | undefined>): Environment {
  const given: Given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) =>
      name in environment.shape && value !== undefined && value !== ""
    ),
  );
  const parsed = environment.safeParse(given);
  const problems = [
    ...parsed.error?.issues.map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`) ?? [],
    ...halves(given),
    ...(given.APP_ENV === "production" ? unfitForProduction(given) : []),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return parsed.data;
}

/** What was begun and not finished. */
function halves(given: Given): string[] {
  const problems: string[] = [];
  const twilio = ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM_NUMBER"] as const;
  if (twilio.some((name) => given[name])) {
    for (const name of twilio) {
      if (!given[name]) problems.push(`${name}: is missing beside the other TWILIO_ settings`);
    }
  }
  const s3 = ["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;
  if (s3.some((name) => given[name])) {
    for (const name of s3) {
      if (!given[name]) problems.push(`${name}: is missing beside the other S3_ settings`);
    }
  }
  if (/^https?:/.test(given.KV_URL ?? "") && !given.DENO_KV_ACCESS_TOKEN) {
    problems.push("DENO_KV_ACCESS_TOKEN: is missing beside a KV_URL that is an address");
  }
  if (given.RESEND_API_KEY && !given.RESEND_FROM_EMAIL) {
    problems.push("RESEND_FROM_EMAIL: is missing beside RESEND_API_KEY");
  }
  for (const [one, other] of [["PRIVATE", "PUBLIC"], ["PUBLIC", "PRIVATE"]] as const) {
    if (given[`VAPID_${one}_KEY`] && !given[`VAPID_${other}_KEY`]) {
      problems.push(`VAPID_${other}_KEY: is missing beside VAPID_${one}_KEY`);
    }
  }
  if (given.ENCRYPTION_KEYS_OLD && !given.INDEX_KEY) {
    problems.push(
      "INDEX_KEY: is needed once keys change, or nobody's phone number is found again; " +
        "if it was never set, give it the value that ENCRYPTION_KEY had first",
    );
  }
  return problems;
}

function unfitForProduction(given: Given): string[] {
  const demanded = [
    "PUBLIC_URL",
    "DATABASE_URL",
    "ACCESS_TOKEN_SECRET",
    "REFRESH_TOKEN_SECRET",
    "ENCRYPTION_KEY",
  ] as const;
  const problems = demanded.filter((name) => !given[name]).map((name) =>
    `${name}: is required in production`
  );
  if (given.PUBLIC_URL && !given.PUBLIC_URL.startsWith("https://")) {
    problems.push("PUBLIC_URL: must be https in production, or browsers refuse the session cookies");
  }
  if (Number(given.LIMITS_FACTOR ?? 1) > 1) {
    problems.push("LIMITS_FACTOR: above 1 is for tests, not for production");
  }
  if (!given.RESEND_API_KEY && !given.SMTP_URL) {
    problems.push("RESEND_API_KEY or SMTP_URL: production needs one of them, or no mail is ever sent");
  }
  if (!given.TWILIO_ACCOUNT_SID && !given.TWILIO_AUTH_TOKEN && !given.TWILIO_FROM_NUMBER) {
    problems.push(
      "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM_NUMBER: production needs them, or no SMS is ever sent",
    );
  }
  return [...problems, ...sharedSecrets(given)];
}

/** One secret, one use: what leaks from one place must open no other. */
function sharedSecrets(given: Given): string[] {
  const problems: string[] = [];
  const names = ["ACCESS_TOKEN_SECRET", "REFRESH_TOKEN_SECRET", "ENCRYPTION_KEY"] as const;
  for (const [index, name] of names.entries()) {
    const same = names.slice(0, index).find((other) => given[name] && given[other] === given[name]);
    if (same) problems.push(`${name}: must differ from ${same}`);
  }
  return problems;
}
