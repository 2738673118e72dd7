import { expect } from "expect";
import { ConfigError, loadConfig } from "../../lib/config.ts";
import { randomSecret } from "../support/secrets.ts";

const PRODUCTION = {
  APP_ENV: "production",
  PUBLIC_URL: "https://parley.example",
  DATABASE_URL: "postgres://parley@db/parley",
  ACCESS_TOKEN_SECRET: randomSecret(),
  REFRESH_TOKEN_SECRET: randomSecret(),
  ENCRYPTION_KEY: randomSecret(),
  RESEND_API_KEY: "re_key",
  RESEND_FROM_EMAIL: "Parley <parley@parley.example>",
  TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "token",
  TWILIO_FROM_NUMBER: "+12025550100",
};

function problemsOf(env: Record<string, string | undefined>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

/** The variables that stand before the colons. */
const names = (problems: string[]) =>
  problems.flatMap((problem) => problem.split(":")[0]!.match(/[A-Z_]{4,}/g) ?? []);

Deno.test("production starts when everything is there", () => {
  const { mail, sms, vault } = loadConfig(PRODUCTION);
  expect(mail).toMatchObject({ by: "resend", from: "Parley <parley@parley.example>" });
  expect(sms).toMatchObject({ by: "twilio", from: "+12025550100" });
  expect(vault).toEqual({ current: PRODUCTION.ENCRYPTION_KEY, old: [], index: PRODUCTION.ENCRYPTION_KEY });
});

Deno.test("production names everything that is missing when nothing is there", () => {
  expect(names(problemsOf({ APP_ENV: "production" }))).toEqual([
    "PUBLIC_URL",
    "DATABASE_URL",
    "ACCESS_TOKEN_SECRET",
    "REFRESH_TOKEN_SECRET",
    "ENCRYPTION_KEY",
    "RESEND_API_KEY",
    "SMTP_URL",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_FROM_NUMBER",
  ]);
});

Deno.test("malformed, weak and missing settings are named together", () => {
  const env = {
    ...PRODUCTION,
    PORT: "none",
    ENCRYPTION_KEY: "a".repeat(40),
    TWILIO_AUTH_TOKEN: "",
    PUBLIC_URL: "",
  };
  expect(names(problemsOf(env)).sort()).toEqual([
    "ENCRYPTION_KEY",
    "PORT",
    "PUBLIC_URL",
    "TWILIO_AUTH_TOKEN",
  ]);
});

Deno.test("no problem repeats a secret", () => {
  const problems = problemsOf({
    ...PRODUCTION,
    ENCRYPTION_KEY: "short-secret",
    ACCESS_TOKEN_SECRET: "another-short",
  });
  expect(new Set(names(problems))).toEqual(new Set(["ACCESS_TOKEN_SECRET", "ENCRYPTION_KEY"]));
  expect(problems.join()).not.toMatch(/short-secret|another-short/);
});

Deno.test("mail goes by SMTP when there is no Resend key, and production is content with that", () => {
  const { mail } = loadConfig({
    ...PRODUCTION,
    RESEND_API_KEY: "",
    SMTP_URL: "smtps://user:pass@mail.example",
  });
  expect(mail).toMatchObject({
    by: "smtp",
    url: "smtps://user:pass@mail.example",
    from: PRODUCTION.RESEND_FROM_EMAIL,
  });
});

Deno.test("one secret for two uses is refused", () => {
  expect(names(problemsOf({ ...PRODUCTION, ENCRYPTION_KEY: PRODUCTION.ACCESS_TOKEN_SECRET }))).toContain(
    "ENCRYPTION_KEY",
  );
});

Deno.test("old keys are refused when no index key holds the phone numbers together", () => {
  const env = { ...PRODUCTION, ENCRYPTION_KEYS_OLD: randomSecret() };
  expect(names(problemsOf(env))).toContain("INDEX_KEY");
  expect(problemsOf({ ...env, INDEX_KEY: randomSecret() })).toEqual([]);
});

Deno.test("development needs nothing: it keeps its own secrets and sends to the outbox", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "parley-test-" });
  try {
    await Deno.writeTextFile(
      `${dataDir}/secrets.json`,
      JSON.stringify({ accessTokenSecret: "from an older version" }),
    );
    const first = loadConfig({ DATA_DIR: dataDir });
    expect(first).toMatchObject({
      mail: { by: "outbox" },
      sms: { by: "outbox" },
      accessTokenSecret: "from an older version",
    });
    expect(first.vault.current.length).toBeGreaterThanOrEqual(32);
    expect(loadConfig({ DATA_DIR: dataDir }).vault).toEqual(first.vault);
    expect((await Deno.stat(`${dataDir}/secrets.json`)).mode! & 0o077).toBe(0);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("a provider that is half set is named in development too", () => {
  expect(
    names(problemsOf({ TWILIO_ACCOUNT_SID: PRODUCTION.TWILIO_ACCOUNT_SID })).filter((name) =>
      name !== "TWILIO_"
    ),
  )
    .toEqual(["TWILIO_AUTH_TOKEN", "TWILIO_FROM_NUMBER"]);
});

Deno.test("files go to the data folder, or to the S3-compatible store that is set up whole", () => {
  const dataDir = Deno.makeTempDirSync();
  try {
    const read = (env: Record<string, string>) => loadConfig({ DATA_DIR: dataDir, ...env });
    expect(read({}).storage).toEqual({ by: "disk" });
    const given = {
      S3_ENDPOINT: "https://s3.example.org",
      S3_BUCKET: "parley",
      S3_ACCESS_KEY_ID: "id",
      S3_SECRET_ACCESS_KEY: "secret",
    };
    expect(read(given).storage).toEqual({
      ...{ by: "s3", endpoint: "https://s3.example.org", bucket: "parley", region: "us-east-1" },
      ...{ accessKeyId: "id", secretAccessKey: "secret" },
    });
    for (const name of Object.keys(given)) {
      const { [name as keyof typeof given]: _, ...rest } = given;
      expect(() => read(rest)).toThrow(`${name}: is missing beside the other S3_ settings`);
    }
    expect(() => read({ ...given, S3_BUCKET: "Not a bucket" })).toThrow("S3_BUCKET: must be a bucket's name");
  } finally {
    Deno.removeSync(dataDir, { recursive: true });
  }
});

Deno.test("a file holds 10 MB and a person's files 200, unless the operator says otherwise", () => {
  const dataDir = Deno.makeTempDirSync();
  try {
    const read = (env: Record<string, string>) => loadConfig({ DATA_DIR: dataDir, ...env }).uploads;
    const MIB = 1024 * 1024;
    expect(read({})).toEqual({ maxFileBytes: 10 * MIB, maxUserBytes: 200 * MIB });
    expect(read({ MAX_FILE_SIZE_MB: "3", USER_FILES_MB: "7" }))
      .toEqual({ maxFileBytes: 3 * MIB, maxUserBytes: 7 * MIB });
    for (const wrong of ["0", "101", "1.5", "many"]) {
      expect(() => read({ MAX_FILE_SIZE_MB: wrong })).toThrow("MAX_FILE_SIZE_MB");
    }
  } finally {
    Deno.removeSync(dataDir, { recursive: true });
  }
});
