/**
 * Postgres refuses to run as root, and so must not be asked to. Whoever starts Parley as root (a container, a
 * fresh machine) gets a server under another account, in a folder which that account can reach.
 */
import { dirname, join } from "node:path";

/** Whom the server runs as; `null` for "as ourselves". */
export type Account = { uid: number; gid: number } | null;

/** Where what root's server needs is put when the checkout is closed to others. `/var/tmp` is swept by age. */
export const OPEN_FOLDER = "/var/lib/parley";

const isRoot = () => Deno.build.os !== "windows" && Deno.uid() === 0;

/** The account for the cluster at `directory`: its owner when it exists, else one that is not root. */
export async function accountFor(directory: string): Promise<Account> {
  if (!isRoot()) return null;
  const stat = await Deno.stat(directory).catch(() => null);
  if (stat?.uid) return { uid: stat.uid, gid: stat.gid! };
  return await lookUp("postgres") ?? await createAccount() ?? await lookUp("nobody") ?? noAccount();
}

async function lookUp(name: string): Promise<Account> {
  const numbers = await Promise.all(["-u", "-g"].map(async (flag) => {
    const { success, stdout } = await new Deno.Command("id", { args: [flag, name], stderr: "null" }).output();
    return success ? Number(new TextDecoder().decode(stdout)) : NaN;
  }));
  const [uid, gid] = numbers;
  return uid && gid ? { uid, gid } : null;
}

async function createAccount(): Promise<Account> {
  try {
    const args = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"];
    await new Deno.Command("useradd", { args, stdout: "null", stderr: "null" }).output();
  } catch {
    return null; // No useradd here: the next best account will do.
  }
  return await lookUp("postgres");
}

function noAccount(): never {
  throw new Error(
    "Postgres does not run as root, and there is no account postgres or nobody to run it. " +
      "Start Parley as another user, or set DATABASE_URL to a server of your own.",
  );
}

/** True when `account` may enter every folder on the way to `path`, and use what is there. */
export async function canReach(account: Account, path: string): Promise<boolean> {
  if (!account) return true;
  const probe = new Deno.Command("/bin/sh", {
    args: ["-c", 'test -x "$1"', "sh", path],
    cwd: "/",
    ...account,
  });
  return (await probe.output()).success;
}

/**
 * The folder of the cluster that belongs to `dataDir`: `<dataDir>/postgres`, or, when root's checkout is in a
 * place closed to others (`/root`), a folder of its own to which `<dataDir>/postgres` is then a link. With the
 * data folder goes the link: who deletes `.data` starts afresh, as expected.
 */
export async function clusterFolder(dataDir: string, say: (line: string) => void): Promise<string> {
  const natural = join(dataDir, "postgres");
  const linked = await Deno.readLink(natural).catch(() => null);
  if (linked) {
    await Deno.mkdir(dirname(linked), { recursive: true });
    return linked;
  }
  const account = await accountFor(natural);
  if (!account || await exists(natural) || await openForPassage(account, dataDir)) return natural;
  await Deno.mkdir(OPEN_FOLDER, { recursive: true, mode: 0o755 });
  const own = await Deno.makeTempDir({ dir: OPEN_FOLDER, prefix: "data-" });
  await Deno.chmod(own, 0o711);
  await Deno.symlink(join(own, "postgres"), natural);
  say(`${dataDir} is closed to the account that runs Postgres for root; the database is in ${own}.`);
  return join(own, "postgres");
}

/** The data folder is ours, so passage through it (not a look into it) may be granted; its parents are not. */
async function openForPassage(account: Account, dataDir: string): Promise<boolean> {
  if (!await canReach(account, dirname(dataDir))) return false;
  const { mode } = await Deno.stat(dataDir);
  if (mode !== null && (mode & 0o001) === 0) await Deno.chmod(dataDir, (mode & 0o777) | 0o011);
  return await canReach(account, dataDir);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
