import { encodeBase64Url } from "./base64url.ts";

/** The last one is a key of P-256, of which any 32 random bytes make one. */
const NAMES = ["accessTokenSecret", "refreshTokenSecret", "encryptionKey", "vapidPrivateKey"] as const;

type Secrets = Record<typeof NAMES[number], string>;

/**
 * The secrets of a development machine: made at its first start, kept in `<dataDir>/secrets.json`, readable by its
 * owner only. Those that a later version asks for are added. Several isolates may start at once; one at a time looks.
 */
export function developmentSecrets(dataDir: string): Secrets {
  Deno.mkdirSync(dataDir, { recursive: true });
  using lock = Deno.openSync(`${dataDir}/secrets.lock`, { create: true, write: true });
  lock.lockSync(true);
  const path = `${dataDir}/secrets.json`;
  const known = read(path);
  const missing = NAMES.filter((name) => known[name] === undefined);
  if (missing.length === 0) return known as Secrets;
  const secrets = { ...known, ...Object.fromEntries(missing.map((name) => [name, random()])) };
  const draft = Deno.makeTempFileSync({ dir: dataDir, prefix: "secrets-" });
  Deno.writeTextFileSync(draft, JSON.stringify(secrets));
  Deno.renameSync(draft, path);
  return secrets as Secrets;
}

function read(path: string): Partial<Secrets> {
  try {
    return JSON.parse(Deno.readTextFileSync(path)) as Partial<Secrets>;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

function random(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}
