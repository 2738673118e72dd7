/** Bugs that are planted to see that the simulator finds them. None of them is in the product's code. */
import type { Sql } from "../../../db/client.ts";
import { forgetCursor } from "./forget_cursor.ts";
import { ringBeforeCommit } from "./ring_before_commit.ts";
import { skipLock } from "./skip_lock.ts";

export const BUGS = ["skip-lock", "ring-before-commit", "forget-cursor"] as const;
export type Bug = typeof BUGS[number];

/** Plants what is a bug of the database. */
export async function plantInDatabase(sql: Sql, bug: Bug | undefined): Promise<void> {
  if (bug === "skip-lock") await skipLock(sql);
}

/**
 * Plants what is a bug of an isolate.
 * @param reached is called when the faulty code runs for the first time: a bug that nothing comes by proves nothing
 */
export function plantInIsolate(bug: string | undefined, reached: () => void): { sql(sql: Sql): Sql } {
  let told = false;
  const once = () => {
    if (!told) reached();
    told = true;
  };
  if (bug === "forget-cursor") forgetCursor(once);
  return { sql: (sql) => bug === "ring-before-commit" ? ringBeforeCommit(sql, once) : sql };
}
