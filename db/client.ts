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
/** Milliseconds between two new pools while connections are lost again and again. */
const POOL_LIFE = 500;
/** Seconds that queries of an old pool may take to end. */
const OLD_PATIENCE = 10;

export interface PoolOptions {
  /** Connections. */
  max?: number;
  /** As it stands in `pg_stat_activity`. */
  name?: string;
}

/**
 * Opens a pool; nothing is sent before the first query.
 *
 * A pool that has lost a connection is replaced: postgres.js 3.4.9 does not forget what it was about to write when a
 * connection closed, and sends nothing any more on the one that it opens in its place (`nextWriteTimer` and `chunk` in its
 * `connection.js`). What runs on the old pool ends there.
 *
 * @param url `postgres://user:password@host:port/database`
 */
export function connect(url: string, options: PoolOptions = {}): Sql {
  const old = new Set<Promise<void>>();
  let lost = false;
  let openedAt = performance.now();
  let ended = false;
  let pool = open(url, options, () => lost = true);

  function current(): Sql {
    if (!lost || ended || performance.now() - openedAt < POOL_LIFE) return pool;
    const ending = pool.end({ timeout: OLD_PATIENCE }).finally(() => old.delete(ending));
    old.add(ending);
    [lost, openedAt] = [false, performance.now()];
    return pool = open(url, options, () => lost = true);
  }
  async function end(how?: { timeout?: number }): Promise<void> {
    ended = true;
    await Promise.all([pool.end(how), how?.timeout === undefined ? [...old] : []].flat());
  }
  return new Proxy(pool, {
    apply: (_, self, given) => Reflect.apply(current(), self, given),
    get: (_, name) => name === "end" ? end : Reflect.get(current(), name),
  });
}

function open(url: string, { max = 10, name = "parley" }: PoolOptions, onclose: () => void): Sql {
  return postgres(url, {
    max,
    onclose,
    connection: { application_name: name },
    backoff: (tries) => Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries),
    // Notices are for people at a terminal ("relation exists, skipping"); ours would only clutter the log.
    onnotice: () => {},
  });
}

/** Lets running queries end for up to 2 s, then closes every connection. */
export function close(sql: Sql): Promise<void> {
  return sql.end({ timeout: 2 });
}
