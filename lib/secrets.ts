import { encodeBase64Url } from "./base64url.ts";

interface Secrets {
  accessTokenSecret: string;
  refreshTokenSecret: string;
}

/**
 * The secrets of a development machine: made at its first start, kept in `<dataDir>/secrets.json`, readable by its
 * owner only. Several isolates may start at once, so the first file to be linked into place wins.
 */
export function developmentSecrets(dataDir: string): Secrets {
  const path = `${dataDir}/secrets.json`;
  const known = read(path);
  if (known) return known;
  Deno.mkdirSync(dataDir, { recursive: true });
  const draft = Deno.makeTempFileSync({ dir: dataDir, prefix: "secrets-" });
  Deno.writeTextFileSync(
    draft,
    JSON.stringify({ accessTokenSecret: random(), refreshTokenSecret: random() }),
  );
  try {
    Deno.linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  } finally {
    Deno.removeSync(draft);
  }
  return read(path)!;
}

function read(path: string): Secrets | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(path)) as Secrets;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function random(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}
