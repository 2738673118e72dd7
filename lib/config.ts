import { z } from "zod";
import { developmentSecrets } from "./secrets.ts";

/** Secrets shorter than this can be guessed offline from one token (HS256 asks for 256 bits: RFC 7518, 3.2). */
const SECRET_MIN_CHARACTERS = 32;

const secret = z.string().min(SECRET_MIN_CHARACTERS, `needs at least ${SECRET_MIN_CHARACTERS} characters`)
  .refine((value) => new Set(value).size >= 10, "is too regular to be secret: use random characters");
const count = z.coerce.number().int();
const list = z.string().transform((text) => text.split(",").map((item) => item.trim()).filter(Boolean));

const environment = z.object({
  APP_ENV: z.enum(["development", "production"]).default("development"),
  PORT: count.min(1).max(65535).default(8000),
  HOST: z.string().min(1).default("0.0.0.0"),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  KV_URL: z.string().min(1).optional(),
  ACCESS_TOKEN_SECRET: secret.optional(),
  REFRESH_TOKEN_SECRET: secret.optional(),
  TRUST_PROXY: count.min(0).max(10).default(0),
  ALLOWED_ORIGINS: list.pipe(z.array(z.url({ protocol: /^https?$/ }))).default([]),
  LIMITS_FACTOR: z.coerce.number().positive().default(1),
});

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
  /** How many proxies stand in front and append to `X-Forwarded-For`. */
  trustProxy: number;
  /** Multiplies every limit; for tests and benches. */
  limitsFactor: number;
}

/** Everything that is wrong with the environment, in one go. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`Parley cannot start:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

/**
 * Reads the environment. In development missing secrets are made once and kept in the data folder.
 * @throws ConfigError naming every variable that is missing, malformed or too weak.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path[0]?.toString()}: ${issue.message}`),
    );
  }
  const values = parsed.data;
  const development = values.APP_ENV === "development";
  if (!development) refuseUnfitForProduction(values);
  const secrets = development ? developmentSecrets(values.DATA_DIR) : undefined;
  const publicUrl = (values.PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, "");
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
    trustProxy: values.TRUST_PROXY,
    limitsFactor: values.LIMITS_FACTOR,
  };
}

function refuseUnfitForProduction(values: z.output<typeof environment>): void {
  const problems: string[] = [];
  const demanded = ["PUBLIC_URL", "DATABASE_URL", "ACCESS_TOKEN_SECRET", "REFRESH_TOKEN_SECRET"] as const;
  for (const name of demanded) {
    if (values[name] === undefined) problems.push(`${name}: is required in production`);
  }
  if (values.PUBLIC_URL && !values.PUBLIC_URL.startsWith("https://")) {
    problems.push("PUBLIC_URL: must be https in production, or browsers refuse the session cookies");
  }
  if (values.ACCESS_TOKEN_SECRET && values.ACCESS_TOKEN_SECRET === values.REFRESH_TOKEN_SECRET) {
    problems.push("REFRESH_TOKEN_SECRET: must differ from ACCESS_TOKEN_SECRET");
  }
  if (values.LIMITS_FACTOR > 1) problems.push("LIMITS_FACTOR: above 1 is for tests, not for production");
  if (problems.length > 0) throw new ConfigError(problems);
}

function originsOf(publicUrl: string, more: string[], development: boolean, port: number): Set<string> {
  const own = development ? [`http://localhost:${port}`, `http://127.0.0.1:${port}`] : [];
  return new Set([publicUrl, ...more, ...own].map((url) => new URL(url).origin));
}
