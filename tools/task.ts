/** What the tasks of an operator have in common: the settings, the database, and how they end. */
import { close, connect, type Sql } from "../db/client.ts";
import { ensurePostgres } from "../db/embedded.ts";
import { type Config, loadConfig } from "../lib/config.ts";

/**
 * Runs a task on the database that the server would use, and ends the process: with 1 when it answers false or throws.
 * An embedded database that was started just for this is stopped again.
 */
export async function runTask(
  name: string,
  task: (sql: Sql, config: Config) => Promise<boolean>,
): Promise<never> {
  let good = false;
  try {
    const config = loadConfig(Deno.env.toObject());
    const embedded = config.databaseUrl ? null : await ensurePostgres(config.dataDir);
    const sql = connect(config.databaseUrl ?? embedded!.url, { max: 2, name });
    try {
      good = await task(sql, config);
    } finally {
      await close(sql);
      if (embedded?.started) await embedded.stopIfUnused();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  Deno.exit(good ? 0 : 1);
}
