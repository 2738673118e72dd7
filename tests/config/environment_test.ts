import { expect } from "expect";
import { ConfigError, loadConfig } from "../../lib/config.ts";
import { PRODUCTION } from "../support/secrets.ts";

const SECRET = PRODUCTION.ACCESS_TOKEN_SECRET!;

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const namesOf = (problems: string[]) => problems.map((problem) => problem.split(":")[0]).sort();

Deno.test("everything that is wrong is told at once when the environment is malformed", () => {
  const problems = problemsOf({
    APP_ENV: "staging",
    PORT: "80000",
    PUBLIC_URL: "parley.example",
    DATABASE_URL: "mysql://db",
    ACCESS_TOKEN_SECRET: "short",
    REFRESH_TOKEN_SECRET: "a".repeat(40),
    TRUST_PROXY: "yes",
    ALLOWED_ORIGINS: "https://good.example, nonsense",
    LIMITS_FACTOR: "-1",
  });
  expect(new Set(namesOf(problems))).toEqual(
    new Set([
      "ACCESS_TOKEN_SECRET",
      "ALLOWED_ORIGINS",
      "APP_ENV",
      "DATABASE_URL",
      "LIMITS_FACTOR",
      "PORT",
      "PUBLIC_URL",
      "REFRESH_TOKEN_SECRET",
      "TRUST_PROXY",
    ]),
  );
});

Deno.test("production refuses to start and names each lack when something is missing or weak", async (test) => {
  const cases: Record<string, Record<string, string>> = {
    PUBLIC_URL: { PUBLIC_URL: "http://parley.example" },
    REFRESH_TOKEN_SECRET: { REFRESH_TOKEN_SECRET: SECRET },
    ACCESS_TOKEN_SECRET: { ACCESS_TOKEN_SECRET: "ab".repeat(20) },
    LIMITS_FACTOR: { LIMITS_FACTOR: "2" },
  };
  for (const [name, env] of Object.entries(cases)) {
    await test.step(name, () => expect(namesOf(problemsOf({ ...PRODUCTION, ...env }))).toEqual([name]));
  }
});

Deno.test("an empty variable is one that is not set when the environment is read", async () => {
  const dataDir = await Deno.makeTempDir();
  try {
    expect(loadConfig({ DATA_DIR: dataDir, PORT: "", DATABASE_URL: "", PUBLIC_URL: "" })).toMatchObject({
      port: 8000,
      publicUrl: "http://localhost:8000",
      databaseUrl: undefined,
    });
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
