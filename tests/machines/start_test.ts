import { expect } from "expect";
import { serveArgs } from "../../lib/serve.ts";
import { testDatabase } from "../support/database.ts";
import { freePort } from "../support/server.ts";
import { before } from "../support/wait.ts";

const ROOT = new URL("../../", import.meta.url);

/** Starts a machine that lacks something, and waits for its end. */
async function startWith(env: Record<string, string>) {
  const dataDir = await Deno.makeTempDir();
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: serveArgs({ host: "127.0.0.1", port, parallel: true }),
    cwd: ROOT,
    env: { PORT: `${port}`, DATA_DIR: dataDir, DENO_JOBS: "2", NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output();
  try {
    const { code, stdout, stderr } = await before(output, "the end of a machine", 30_000);
    return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
  } catch (error) {
    child.kill("SIGKILL");
    await output;
    throw error;
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}

Deno.test("all isolates end, so that they can be started again, when KV or Postgres is not there yet", async (test) => {
  await using database = await testDatabase();
  const nowhere = `127.0.0.1:${freePort()}`;
  const lacking: Record<string, Record<string, string>> = {
    KV: {
      DATABASE_URL: database.url,
      KV_URL: `http://${nowhere}`,
      DENO_KV_ACCESS_TOKEN: crypto.randomUUID(),
    },
    Postgres: { DATABASE_URL: `postgres://parley:x@${nowhere}/parley` },
    "the access token": { DATABASE_URL: database.url, KV_URL: `http://${nowhere}`, DENO_KV_ACCESS_TOKEN: "" },
  };
  for (const [what, env] of Object.entries(lacking)) {
    await test.step(what, async () => {
      const { code, said } = await startWith(env);
      expect(code).toBe(1);
      expect(said).toMatch(/Parley cannot start/);
    });
  }
});
