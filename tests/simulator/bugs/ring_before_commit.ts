import type { Sql } from "../../../db/client.ts";

/** Milliseconds between what is told and its commit: as long as a disk may take. */
const COMMIT = 5;

/**
 * Ring before commit: the writer's batch is answered, acknowledged, delivered and rung for while its transaction is still
 * open. What ends the server or the database just then takes back what everybody has been told.
 */
export function ringBeforeCommit(sql: Sql, reached: () => void): Sql {
  return new Proxy(sql, {
    apply(target, self, args: unknown[]) {
      if (!isAppend(args[0])) return Reflect.apply(target, self, args);
      reached();
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      target.begin(async (transaction) => {
        resolve(await Reflect.apply(transaction, undefined, args));
        await new Promise((done) => setTimeout(done, COMMIT));
      }).catch(reject);
      return promise;
    },
  });
}

function isAppend(first: unknown): boolean {
  return Array.isArray(first) && "raw" in first && first.join("").includes("append_messages(");
}
