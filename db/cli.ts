/** `deno run -A db/cli.ts migrate [version] | rollback [steps] | new <name> | seed [--no-history] | stop` */
import { close, connect, type Sql } from "./client.ts";
import { ensurePostgres } from "./embedded.ts";
import { createMigration, migrate, rollback } from "./migrate.ts";
import { seed, seedLounges } from "./seed.ts";

const USAGE = `db: the database of DATABASE_URL, or else the one in DATA_DIR (.data)
  migrate [version]      apply all migrations, or those up to a version
  rollback [steps]       take back the last one, or the last few
  new <name>             make the pair of files of a new migration
  seed [--no-history]    lounges, language rooms and their first conversations
  stop                   stop the database in DATA_DIR if nobody uses it`;

const dataDir = () => Deno.env.get("DATA_DIR") || ".data";

/** Runs one task on the database; the embedded one is stopped again if it was started just for that. */
async function withDatabase(task: (sql: Sql) => Promise<string>): Promise<string> {
  const own = Deno.env.get("DATABASE_URL");
  const server = own ? null : await ensurePostgres(dataDir());
  const sql = connect(own ?? server!.url, { max: 2, name: "parley db task" });
  try {
    return await task(sql);
  } finally {
    await close(sql);
    if (server?.started) await server.stopIfUnused();
  }
}

function positive(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new Error(`${text} is not a number.`);
  return Number(text);
}

function run([task, argument]: string[]): Promise<string> {
  switch (task) {
    case "migrate":
      return withDatabase(async (sql) => report("Applied", await migrate(sql, { to: positive(argument) })));
    case "rollback":
      return withDatabase(async (sql) => report("Taken back", await rollback(sql, positive(argument))));
    case "seed":
      return withDatabase(async (sql) => {
        if (argument === "--no-history") return `Added ${await seedLounges(sql)} rooms.`;
        const { rooms, messages } = await seed(sql);
        return `Added ${rooms} rooms and ${messages} messages.`;
      });
    case "new":
      return createMigration(argument ?? "").then((paths) => paths.join("\n"));
    case "stop":
      return ensurePostgres(dataDir()).then(async (server) =>
        await server.stopIfUnused() ? "Stopped." : "In use; left running."
      );
    default:
      return Promise.reject(new Error(USAGE));
  }
}

function report(what: string, names: string[]): string {
  return names.length ? `${what}: ${names.join(", ")}` : "Nothing to do.";
}

if (import.meta.main) {
  try {
    console.log(await run(Deno.args));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
