import { expect } from "expect";
import { join } from "node:path";
import { close, connect } from "../../db/client.ts";
import { ensurePostgres } from "../../db/embedded.ts";

const EMBEDDED = new URL("../../db/embedded.ts", import.meta.url).href;

/** Another process that starts the server and then waits to be killed. */
function starter(dataDir: string) {
  const code = `import { ensurePostgres } from ${JSON.stringify(EMBEDDED)};
    const { url } = await ensurePostgres(${JSON.stringify(dataDir)});
    console.log(url);
    setInterval(() => {}, 1000);`;
  const process = new Deno.Command(Deno.execPath(), { args: ["eval", code], stdout: "piped" }).spawn();
  const firstLine = async () => {
    for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) return text.trim();
  };
  return { process, url: firstLine() };
}

/** A data folder for one test; a server that a failed one leaves behind is stopped. */
async function temporaryDataDir() {
  const path = await Deno.makeTempDir({ prefix: "parley-embedded-" });
  return {
    path,
    async [Symbol.asyncDispose]() {
      if (await postmaster(path).catch(() => 0)) await (await ensurePostgres(path)).stop();
      await Deno.remove(path, { recursive: true });
    },
  };
}

const postmaster = async (dataDir: string) =>
  Number((await Deno.readTextFile(join(dataDir, "postgres", "postmaster.pid"))).split("\n")[0]);

Deno.test("the embedded server is adopted with all it knows when its starter was killed", async () => {
  await using folder = await temporaryDataDir();
  const dataDir = folder.path;
  const { process, url } = starter(dataDir);
  const first = connect((await url)!, { max: 1 });
  await first`create table kept (word text)`;
  await first`insert into kept values ('acknowledged')`;
  const pid = await postmaster(dataDir);
  process.kill("SIGKILL");
  await process.status;

  const found = await Promise.all([1, 2, 3].map(() => ensurePostgres(dataDir)));
  expect(found.map((server) => server.started)).toEqual([false, false, false]);
  expect(new Set(found.map((server) => server.url))).toEqual(new Set([await url]));
  expect(await postmaster(dataDir)).toBe(pid);
  expect(await first`select word from kept`).toEqual([{ word: "acknowledged" }]);
  expect(await found[0]!.stopIfUnused()).toBe(false);
  await close(first);
  expect(await found[1]!.stopIfUnused()).toBe(true);
  await expect(postmaster(dataDir)).rejects.toThrow();
});

Deno.test("the embedded server starts once when several ask at the same time, and recovers when killed itself", async () => {
  await using folder = await temporaryDataDir();
  const dataDir = folder.path;
  const other = starter(dataDir);
  const servers = await Promise.all([1, 2, 3].map(() => ensurePostgres(dataDir)));
  expect(servers.filter((server) => server.started).length).toBeLessThanOrEqual(1);
  expect(await other.url).toBe(servers[0]!.url);
  other.process.kill("SIGKILL");
  await other.process.status;

  const sql = connect(servers[0]!.url, { max: 1 });
  await sql`create table kept as select 'acknowledged' as word`;
  const [settings] =
    await sql`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
    current_setting('server_encoding') as encoding, current_setting('listen_addresses') as address,
    upper('é я') as upper`;
  expect(settings).toEqual({
    fsync: "on",
    commit: "on",
    encoding: "UTF8",
    address: "127.0.0.1",
    upper: "É Я",
  });
  Deno.kill(await postmaster(dataDir), "SIGKILL");
  await sql.end({ timeout: 0 });
  // As after a reboot: the number of the dead server is by now that of another process, this one.
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  await Deno.writeTextFile(pidFile, (await Deno.readTextFile(pidFile)).replace(/^\d+/, `${Deno.pid}`));

  const again = await ensurePostgres(dataDir);
  expect(again.started).toBe(true);
  const after = connect(again.url, { max: 1 });
  expect(await after`select word from kept`).toEqual([{ word: "acknowledged" }]);
  await close(after);
  await again.stop();
});

Deno.test("the embedded server says what is wrong when its password is gone", async () => {
  await using folder = await temporaryDataDir();
  const dataDir = folder.path;
  const server = await ensurePostgres(dataDir);
  expect((await Deno.stat(join(dataDir, "postgres.password"))).mode! & 0o777).toBe(0o600);
  await server.stop();
  await Deno.remove(join(dataDir, "postgres.password"));
  await expect(ensurePostgres(dataDir)).rejects.toThrow("postgres.password is gone");
});
