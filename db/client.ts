/** The connection to Postgres. Everything in `db/` takes the {@link Sql} that is made here as its first argument. */
import postgres from "postgres";

/**
 * A pool of connections. Its int8 values arrive as decimal strings, which is what our ids are
 * (`lib/protocol/ids.ts`); timestamps arrive as `Date`.
 */
export type Sql = postgres.Sql;
/** What runs a query: the pool, or one transaction of it. */
export type Queryable = postgres.Sql | postgres.TransactionSql;

/** Seconds. The driver's own waits grow to 20 s, counted over all connections: long after Postgres is back. */
const LONGEST_WAIT = 1;
const FIRST_WAIT = 0.05;

/**
 * Opens a pool; nothing is sent before the first query.
 *
 * @param url `postgres://user:password@host:port/database`
 * @param options `max` connections (10), `name` as it stands in `pg_stat_activity`.
 */
export function connect(url: string, options: { max?: number; name?: string } = {}): Sql {
  return postgres(url, {
    max: options.max ?? 10,
    connection: { application_name: options.name ?? "parley" },
    backoff: (tries) => Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries),
    // Notices are for people at a terminal ("relation exists, skipping"); ours would only clutter the log.
    onnotice: () => {},
  });
}

/** Lets running queries end for up to 2 s, then closes every connection. */
export function close(sql: Sql): Promise<void> {
  return sql.end({ timeout: 2 });
}
